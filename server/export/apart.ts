/** Asks a thread of its own one thing at a time: heavy work stays beside the server's own thread, and is given up when
 * it takes too long or too much. */
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/base/errors.ts';

const resourceLimits = { maxOldGenerationSizeMb: 512 };

/** What to make of something the thread said: nothing yet, or the end. */
export type Heard<Answer> = { done: false } | { done: true; answer: Answer };

interface Asking<Said, Answer> {
  /** Milliseconds after which the work is given up. */
  time: number;
  /** What is said then. */
  tooLong: string;
  /** May throw: then the work has failed, and the thread goes on. */
  hear: (said: Said) => Heard<Answer>;
}

/** The asker of a thread that runs this file; the thread is started when needed, and anew after it was given up. */
export function askThread<Question, Said>(file: URL) {
  let worker: Worker | null = null;

  return <Answer>(question: Question, { time, tooLong, hear }: Asking<Said, Answer>): Promise<Answer> => {
    worker ??= new Worker(file, { resourceLimits });
    const thread = worker;
    thread.ref();
    return new Promise<Answer>((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        thread.off('message', onMessage).off('error', onError);
      };
      /** Ends the thread, whatever it is at. */
      const give = (error: Error) => {
        stop();
        worker = null;
        thread.on('error', () => undefined);
        void thread.terminate().then(() => reject(error));
      };
      const onError = (error: Error & { code?: string }) =>
        give(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new AppError('tooLarge', 'too much at once') : error,
        );
      const onMessage = (said: Said) => {
        try {
          const heard = hear(said);
          if (!heard.done) return;
          stop();
          thread.unref();
          resolve(heard.answer);
        } catch (error) {
          stop();
          thread.unref();
          reject(error);
        }
      };
      const timer = setTimeout(() => give(new AppError('tooLarge', tooLong)), time);
      thread.on('message', onMessage).once('error', onError);
      thread.postMessage(question);
    });
  };
}
