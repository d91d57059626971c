/** Begins and ends keeping copies for whoever is signed in, and sends what an earlier page could not. */
import type { CopyRecord, Owner } from './device.ts';
import { leftoversOf } from './leftovers.ts';
import { endRooms, headlineIn, keepFor, onlyInPage, openPageRoom, openRoom, settleRooms } from './room.ts';
import { answerTabs, askTabs, type OnlyHere } from './tabs.ts';
import { forgetMember, tidyDevice, unsavedCopies } from './tidy.ts';

/** Where the service worker keeps answers, and where it stands whose they are. */
const answers = 'answers';
const answersOf = 'tonggao.answersOf';

/** Answers that were given to somebody else are nobody's any more. */
async function clearAnswers(member: string | null) {
  try {
    if (localStorage.getItem(answersOf) === member) return;
    await caches.delete(answers);
    if (member === null) localStorage.removeItem(answersOf);
    else localStorage.setItem(answersOf, member);
  } catch {
    // Plain http has no cache, a private window no storage: nothing was kept.
  }
}

/** What a desk opens with (client/sw.ts keeps the answers). */
const firstCalls = ['/api/me', '/api/people', '/api/articles', '/api/pages'];

/** Asks again for what came before the service worker did, so that a desk opens without a network from the first
 * visit on. */
async function keepAnswers(): Promise<void> {
  const worker = navigator.serviceWorker;
  if (!worker) return;
  await worker.ready;
  if (!worker.controller)
    await new Promise((resolve) => worker.addEventListener('controllerchange', resolve, { once: true }));
  const held = await caches.open(answers);
  for (const call of firstCalls) if (!(await held.match(call))) await fetch(call);
}

/** Milliseconds that a sign-in waits for a device that does not answer. */
const patience = 2_000;

/** Ends this tab's answers to the others. */
let stopAnswering: (() => void) | null = null;

/** Call before any story is opened. What earlier pages kept and could not send is sent in the background. */
export async function startKeeping(owner: Owner): Promise<void> {
  await clearAnswers(owner.member);
  keepFor(owner);
  stopAnswering?.();
  stopAnswering = answerTabs(owner.member, { words: onlyInPage, settle: settleRooms });
  void keepAnswers().catch(() => undefined);
  const tidied = tidyDevice(owner, Date.now()).then(
    () => void sendUnsaved(owner),
    // A private window keeps nothing; stories open without copies.
    () => undefined,
  );
  await Promise.race([tidied, new Promise((resolve) => setTimeout(resolve, patience))]);
}

/** One story or page after another: opened, merged, and let go once the server has it. */
async function sendUnsaved(owner: Owner) {
  for (const copy of await unsavedCopies(owner)) {
    const room = roomOf(copy);
    await new Promise<void>((resolve) => {
      const look = () => {
        const { saved } = room.status();
        // Without a network the room goes on by itself; the next one need not wait for it.
        if (saved !== 'connecting' && saved !== 'saving') resolve();
      };
      room.subscribe(look);
      look();
    });
    room.release();
  }
}

const roomOf = ({ article, kind }: CopyRecord) =>
  (kind === 'page' ? openPageRoom : openRoom)(article, { present: false });

/** What signing out would lose: what only this device has, not sent or not to be merged. What can still be sent, and
 * what was sent and is not yet noted so, is settled first, in the other tabs too. */
export async function onlyHere(owner: Owner): Promise<OnlyHere[]> {
  const [elsewhere] = await Promise.all([askTabs(owner.member), settleRooms()]);
  try {
    const rooms = (await unsavedCopies(owner)).map(roomOf);
    if (rooms.length > 0) await settleRooms();
    const [copies, leftovers] = await Promise.all([unsavedCopies(owner), leftoversOf(owner.member)]);
    const unsent = copies.map(({ kind = 'article', article, headline }) => ({
      kind,
      id: article,
      headline: headlineIn(article) || headline,
    }));
    for (const room of rooms) room.release();
    return onceEach([
      ...unsent,
      ...onlyInPage(),
      ...elsewhere,
      ...leftovers.map(({ article, headline }) => ({ kind: 'leftover' as const, id: article, headline })),
    ]);
  } catch {
    // A browser that keeps nothing.
    return onceEach([...onlyInPage(), ...elsewhere]);
  }
}

/** Each story once, with its headline where one of the tabs knows it. */
function onceEach(words: readonly OnlyHere[]): OnlyHere[] {
  const found = new Map<string, OnlyHere>();
  for (const one of words) {
    const key = `${one.kind} ${one.id}`;
    if (!found.get(key)?.headline) found.set(key, one);
  }
  return [...found.values()];
}

/** At sign-out, and when the member was removed: nothing of theirs stays on this device. */
export async function stopKeeping(member: string): Promise<void> {
  await leaveKeeping();
  await forgetMember(member).catch(() => undefined);
  await clearAnswers(null);
}

/** When the member signed out in another tab, which forgets: here nothing more is kept. */
export async function leaveKeeping(): Promise<void> {
  stopAnswering?.();
  stopAnswering = null;
  keepFor(null);
  await endRooms();
}
