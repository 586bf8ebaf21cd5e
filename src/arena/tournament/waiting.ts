import { type Demand, Gate } from './gate.js';

export interface WaitingOptions {
  /** Agents that each pool takes at once. */
  readonly pools: ReadonlyMap<string, number>;
  /** Games at once, whatever the pools allow. */
  readonly most: number;
  /** Lets in nothing more; what is in is expected to end soon. */
  readonly signal: AbortSignal;
}

/**
 * Plays games that wait for somebody outside, many at once in this process. Ends when all are played, or when it was
 * stopped and those let in have ended. After an error nothing more is let in, and the first one is thrown at the end.
 */
export function playWaiting<T>(
  games: readonly T[],
  demandOf: (game: T) => Demand,
  play: (game: T) => Promise<void>,
  { pools, most, signal }: WaitingOptions,
): Promise<void> {
  const gate = new Gate(pools);
  const queue = [...games];
  const demands = queue.map(demandOf);
  const failed: unknown[] = [];
  let inside = 0;
  return new Promise((resolve, reject) => {
    const letIn = (): void => {
      while (inside < most && queue.length > 0 && failed.length === 0 && !signal.aborted) {
        const at = gate.admit(demands);
        if (at < 0) break;
        const [demand] = demands.splice(at, 1) as [Demand];
        const [game] = queue.splice(at, 1) as [T];
        inside++;
        void play(game)
          .catch((error: unknown) => failed.push(error))
          .then(() => {
            inside--;
            gate.leave(demand);
            letIn();
          });
      }
      if (inside > 0) return;
      if (failed.length > 0) reject(failed[0]);
      else resolve();
    };
    letIn();
  });
}
