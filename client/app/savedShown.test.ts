/** After an end for good the desk's head says what is true of the words, not that they are lost. */
import { expect, test } from 'vitest';
import { closeCodes } from '../../shared/sync/protocol.ts';
import type { RoomStatus } from '../live/room.ts';
import { savedShown } from './savedShown.ts';

const open: RoomStatus = {
  saved: 'saved',
  synced: true,
  ready: true,
  unsent: 0,
  kept: true,
  leftOver: false,
  closeCode: null,
  access: 'write',
};
const writer = { write: true, suggest: true };
const reader = { write: false, suggest: false };
const ended = (status: Partial<RoomStatus>, closeCode: number = closeCodes.signInNeeded) =>
  savedShown({ ...open, saved: 'refused', closeCode, ...status }, reader);

test('while the room is open: as it says, or that this reader cannot write', () => {
  expect(savedShown(open, writer)).toBe('saved');
  expect(savedShown(open, reader)).toBe('readOnly');
  expect(savedShown({ ...open, saved: 'kept' }, writer)).toBe('kept');
});

test('a session that ended when all was saved has lost nothing', () => {
  expect(ended({})).toBe('ended');
  expect(ended({ kept: false })).toBe('ended');
});

test('what was not sent is called kept only while this device has it', () => {
  expect(ended({ unsent: 1 })).toBe('endedKept');
  expect(ended({ unsent: 1, kept: false })).toBe('refused');
});

test('another end for good: nothing unsaved, put by, or in this page alone', () => {
  expect(ended({}, closeCodes.otherEpoch)).toBe('stopped');
  expect(ended({ unsent: 1, leftOver: true }, closeCodes.notAllowed)).toBe('putBy');
  expect(ended({ unsent: 1 }, closeCodes.notAllowed)).toBe('refused');
});
