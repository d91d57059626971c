/** Runs what is done to one article one after the other, so that rows and text stay in step. */

export type InTurn = <T>(article: string, act: () => Promise<T>) => Promise<T>;

export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (article, act) => {
    const turn = (last.get(article) ?? Promise.resolve()).then(act, act);
    last.set(article, turn);
    const done = () => {
      if (last.get(article) === turn) last.delete(article);
    };
    turn.then(done, done);
    return turn;
  };
}
