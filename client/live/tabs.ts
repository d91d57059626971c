/** What the tabs of this browser tell each other: that a member signed out, and before it, which words only one of
 * them has. */
import { z } from 'zod';
import { newId } from '../../shared/base/id.ts';

/** Words that signing out would lose: of a story, of a page's frames, or left over of a story. */
const onlyHereSchema = z.object({
  kind: z.enum(['article', 'page', 'leftover']),
  /** The article's id, or the page's. */
  id: z.string(),
  /** '' of a page, and while there is none. */
  headline: z.string(),
});
export type OnlyHere = z.infer<typeof onlyHereSchema>;

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signedOut'), member: z.string() }),
  z.object({ kind: z.literal('question'), member: z.string(), question: z.string() }),
  z.object({
    kind: z.literal('answer'),
    question: z.string(),
    tab: z.string(),
    /** Whether nothing of the tab is on its way to the server any more; until then it answers again. */
    settled: z.boolean(),
    words: z.array(onlyHereSchema),
  }),
]);
type Message = z.infer<typeof messageSchema>;

/** Milliseconds in which a tab that is awake answers, and after which none is waited for. */
const patience = { first: 250, last: 2_500 };

const id = () => newId((bytes) => crypto.getRandomValues(bytes));
const listeners = new Set<(message: Message) => void>();
let channel: BroadcastChannel | null = null;

function open(): BroadcastChannel {
  if (channel) return channel;
  channel = new BroadcastChannel('tonggao');
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    // A tab of another build may say something else.
    const message = messageSchema.safeParse(data);
    if (message.success) for (const listener of [...listeners]) listener(message.data);
  };
  return channel;
}

function hear(listener: (message: Message) => void): () => void {
  open();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    channel?.close();
    channel = null;
  };
}

const tell = (message: Message) => open().postMessage(message);

export const tellSignedOut = (member: string): void => tell({ kind: 'signedOut', member });

/** Hears which member signed out in another tab. The function given ends it. */
export const hearSignedOut = (listener: (member: string) => void): (() => void) =>
  hear((message) => {
    if (message.kind === 'signedOut') listener(message.member);
  });

/** What the member's other tabs have that no copy and no server has, once they have settled what they could. */
export function askTabs(member: string): Promise<OnlyHere[]> {
  const question = id();
  const answers = new Map<string, { settled: boolean; words: OnlyHere[] }>();
  return new Promise((resolve) => {
    let mayEnd = false;
    const end = () => {
      stop();
      clearTimeout(first);
      clearTimeout(last);
      resolve([...answers.values()].flatMap(({ words }) => words));
    };
    const look = () => {
      if (mayEnd && [...answers.values()].every(({ settled }) => settled)) end();
    };
    const stop = hear((message) => {
      if (message.kind !== 'answer' || message.question !== question) return;
      answers.set(message.tab, message);
      look();
    });
    const first = setTimeout(() => {
      mayEnd = true;
      look();
    }, patience.first);
    const last = setTimeout(end, patience.last);
    tell({ kind: 'question', member, question });
  });
}

/** Answers for this tab when another asks. The function given ends it. */
export function answerTabs(
  member: string,
  { words, settle }: { words: () => OnlyHere[]; settle: () => Promise<void> },
): () => void {
  const tab = id();
  return hear(async (message) => {
    if (message.kind !== 'question' || message.member !== member) return;
    const answer = { kind: 'answer', question: message.question, tab } as const;
    tell({ ...answer, settled: false, words: words() });
    await settle();
    tell({ ...answer, settled: true, words: words() });
  });
}
