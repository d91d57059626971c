/** Begins and ends keeping copies for whoever is signed in, and sends what an earlier page could not. */
import type { Owner } from './device.ts';
import { leftoversOf } from './leftovers.ts';
import { endRooms, keepFor, openPageRoom, openRoom, unsentDocuments } from './room.ts';
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

/** Call before any story is opened. What earlier pages kept and could not send is sent in the background. */
export async function startKeeping(owner: Owner): Promise<void> {
  await clearAnswers(owner.member);
  keepFor(owner);
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
  for (const { article, kind } of await unsavedCopies(owner)) {
    const room = (kind === 'page' ? openPageRoom : openRoom)(article, { present: false });
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

/** Stories and pages of which only this device has something: not sent, or not to be merged. Signing out would lose
 * it. */
export async function onlyHere(owner: Owner): Promise<number> {
  const [copies, leftovers] = await Promise.all([unsavedCopies(owner), leftoversOf(owner.member)]).catch(
    () => [[], []] as const,
  );
  const documents = new Set([...copies.map(({ article }) => article), ...unsentDocuments()]);
  return documents.size + leftovers.length;
}

/** At sign-out, and when the member was removed: nothing of theirs stays on this device. */
export async function stopKeeping(member: string): Promise<void> {
  keepFor(null);
  await endRooms();
  await forgetMember(member).catch(() => undefined);
  await clearAnswers(null);
}
