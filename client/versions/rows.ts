/** The rows of a timeline: the versions, and between them what was decided upon which of them. */
import type { Version, VersionAct, Work } from '../../shared/versions/calls.ts';
import { actOf } from './labels.ts';
import type { Versions } from './useVersions.ts';

export type Row =
  | { kind: 'now'; work: readonly Work[] }
  /** With the act that it was kept for, where there is one. */
  | { kind: 'version'; version: Version; act: VersionAct | undefined }
  /** `isKept`: whether its version is among those that are listed. */
  | { kind: 'act'; act: VersionAct; isKept: boolean };

/** The newest first; an act stands above the versions that are older than it. */
export function rowsOf({ versions, acts, now }: Versions): Row[] {
  const rows: Row[] = [{ kind: 'now', work: now.work }];
  const ids = new Set(versions.map(({ id }) => id));
  const own = new Map(versions.map((version) => [version.id, actOf(version, acts)]));
  const shown = new Set(own.values());
  const left = acts.filter((act) => !shown.has(act));
  const add = (act: VersionAct) =>
    rows.push({ kind: 'act', act, isKept: act.version !== null && ids.has(act.version) });
  for (const version of versions) {
    while (left[0] && left[0].at > version.at) add(left.shift() as VersionAct);
    rows.push({ kind: 'version', version, act: own.get(version.id) });
  }
  left.forEach(add);
  return rows;
}
