/** Whom it concerns that a page moved on, came back, or was marked. */
import type { NoticeKind } from '../../shared/notifications/kinds.ts';
import type { Role } from '../../shared/people/person.ts';
import type { PageStage } from '../../shared/review/stages.ts';
import type { Settle } from '../notifications/settle.ts';
import type { Tell } from '../notifications/tell.ts';
import type { Newsroom } from '../storage/newsroom.ts';

interface Deps {
  newsroom: Newsroom;
  tell: Tell;
  settle: Settle;
}

const next: Record<PageStage, { kind: NoticeKind; roles: readonly Role[] }> = {
  layout: { kind: 'pageReturned', roles: ['designer'] },
  proof1: { kind: 'proofReady', roles: ['proofreader'] },
  proof2: { kind: 'proofReady', roles: ['proofreader'] },
  proof3: { kind: 'proofReady', roles: ['proofreader'] },
  final: { kind: 'proofReady', roles: ['editor', 'deskHead', 'chief'] },
  press: { kind: 'pageSigned', roles: ['designer', 'editor', 'deskHead'] },
};

async function membersOf(newsroom: Newsroom, roles: readonly Role[]): Promise<string[]> {
  const rows = newsroom.selectFrom('members').select('id').where('active', '=', 1);
  return (await rows.where('role', 'in', roles).execute()).map(({ id }) => id);
}

interface Moved {
  page: string;
  by: string;
  after: PageStage;
  /** As printed: A03 要闻. */
  name: string;
  reason: string;
  /** Who read another pass, and so does not read this one. */
  passed: readonly string[];
}

/** What the page waited for before is done, for everybody; marks wait until none is open. */
export async function tellMoved({ newsroom, tell, settle }: Deps, moved: Moved): Promise<void> {
  const { page, by, after, name, reason, passed } = moved;
  await settle({ page });
  const { kind, roles } = next[after];
  const members = await membersOf(newsroom, roles);
  const to = kind === 'proofReady' ? members.filter((id) => !passed.includes(id)) : members;
  await tell({ to, kind, by, page, text: [name, reason].filter((part) => part !== '').join(' ') });
}

export async function tellMarked(
  { newsroom, tell }: Deps,
  { page, by, text }: { page: string; by: string; text: string },
): Promise<void> {
  await tell({ to: await membersOf(newsroom, ['editor']), kind: 'marked', by, page, text });
}
