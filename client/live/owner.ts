/** Whose copies this device keeps, as the signed-in member says. */
import type { Me } from '../../shared/api.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import type { Owner } from './device.ts';

export const ownerOf = (me: Pick<Me, 'id' | 'epoch'>): Owner => ({
  member: me.id,
  epoch: me.epoch,
  schema: protocolVersion,
});
