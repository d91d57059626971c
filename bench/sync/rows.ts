/** The rows of the table: what each does with a server, and the figures it prints. */
import type { Job, Told } from './client.ts';
import type { Served } from './servers.ts';

/** How a figure is printed. */
export interface Figure {
  name: string;
  title: string;
  digits: number;
  /** Less is better, and ours is set beside the best of the others. */
  compared?: true;
}

export type Perform = (served: Served, job: Job) => Promise<Told>;

export interface Row {
  title: string;
  figures: Figure[];
  measure(served: Served, perform: Perform): Promise<Told>;
}

const figure = (name: string, title: string, digits: number, compared?: true): Figure => ({
  name,
  title,
  digits,
  ...(compared && { compared }),
});

const typing = [
  figure('p50', 'p50 ms', 2, true),
  figure('p99', 'p99 ms', 1, true),
  figure('worst', 'worst ms', 0),
  figure('cpu', 'CPU s/min', 1, true),
  figure('memory', 'RSS MB', 0, true),
  figure('traffic', 'kB/s a client', 2, true),
  figure('heard', 'heard %', 1),
  figure('busy', 'clients busy %', 0),
  figure('late', 'late ms', 1),
  figure('others', 'others %', 0),
];

const joining = [
  figure('size', 'document kB', 1),
  figure('seconds', 'seconds', 2, true),
  figure('p50', 'p50 ms', 0, true),
  figure('p99', 'p99 ms', 0, true),
  figure('cpu', 'CPU s', 2, true),
  figure('traffic', 'kB a client', 1, true),
  figure('busy', 'clients busy %', 0),
  figure('others', 'others %', 0),
];

const keystrokes = (documents: number, writers: number, seconds: number): Row => ({
  title: `${documents === 1 ? '1 document' : `${documents} documents`} × ${writers} writers, a character each 200 ms, ${seconds} s`,
  figures: typing,
  measure: (served, perform) =>
    perform(served, { name: 'keystrokes', asked: { documents, writers, seconds } }),
});

const joins = (know: boolean): Row => ({
  title: `2,000 ${know ? 'reconnects of clients that have the document' : 'joins of clients that have nothing'}, 150 at a time`,
  figures: joining,
  measure: (served, perform) => perform(served, { name: 'joins', asked: { count: 2000, know } }),
});

const keepsNothing = (served: Served) => served.target().kind === 'y-websocket';

export const rowsOf = (seconds: number): Record<string, Row> => ({
  '1': keystrokes(1, 50, seconds),
  '2': keystrokes(200, 2, seconds),
  '3': keystrokes(1, 200, seconds),
  '4': joins(true),
  '4n': joins(false),
  '5': {
    title: 'a story of 50,000 characters, 20,000 of them typed one by one, opened after a restart',
    figures: [
      figure('cold', 'first open ms', 0, true),
      figure('warm', 'next open ms', 0, true),
      figure('cpu', 'CPU ms', 0, true),
      figure('sent', 'kB sent', 0, true),
      figure('characters', 'characters', 0),
      figure('written', 'written in s', 1),
      figure('writing', 'CPU s to write', 1, true),
    ],
    async measure(served, perform) {
      const { seconds: written, cpu: writing } = await perform(served, { name: 'writeHistory' });
      await served.stop();
      await served.start();
      return { ...(await perform(served, { name: 'openHistory' })), written: written!, writing: writing! };
    },
  },
  '6': {
    title: 'memory of 200 open documents of 5,000 characters (y-websocket: without a restart before)',
    figures: [
      figure('each', 'kB a document', 0, true),
      figure('before', 'RSS MB before', 0),
      figure('after', 'RSS MB after', 0, true),
    ],
    async measure(served, perform) {
      const fill = keepsNothing(served);
      if (!fill) {
        await perform(served, { name: 'writeMany' });
        await served.stop();
        await served.start();
      }
      return perform(served, { name: 'holdMany', fill });
    },
  },
  '7': {
    title:
      '200 edits at once, killed (SIGKILL) when the client was told that they are saved (y-websocket: relayed)',
    figures: [
      figure('acknowledged', 'acknowledged', 0),
      figure('waited', 'after ms', 1, true),
      figure('lost', 'lost', 0),
    ],
    async measure(served, perform) {
      const { client, acknowledged, waited } = await perform(served, { name: 'burst' });
      await served.stop();
      await served.start();
      const { kept } = await perform(served, { name: 'countKept', client: client! });
      const lost = acknowledged! - kept!;
      return { acknowledged: acknowledged!, waited: waited!, lost, finished: 1 };
    },
  },
});
