import type { ActRequest } from '../../core/agent.js';
import { composed } from '../../core/observation.js';
import type { Rng } from '../../core/rng.js';

/** What a request tells, as plain data: it goes to agents in other threads and in other processes. */
export type Told = Pick<
  ActRequest,
  | 'environment'
  | 'seat'
  | 'space'
  | 'view'
  | 'events'
  | 'fresh'
  | 'moves'
  | 'rewards'
  | 'rules'
  | 'attempt'
  | 'refused'
  | 'budgetMs'
>;

/** The parts of a request that are data. */
export function toldBy(request: ActRequest): Told {
  const { environment, seat, space, view, events, fresh, moves, rewards, rules, attempt, refused, budgetMs } = request;
  return { environment, seat, space, view, events, fresh, moves, rewards, rules, attempt, refused, budgetMs };
}

/** The words of a request, each made when it is needed. */
export type Wording = Omit<Parameters<typeof composed>[0], 'refused'>;

/** A request made whole again. Its text is what an agent in the loop's own process would read. */
export function requestFrom(told: Told, words: () => Wording, rng: Rng, signal: AbortSignal | null): ActRequest {
  let text: string | undefined;
  return {
    ...told,
    rng,
    signal,
    get text() {
      text ??= composed({ ...words(), refused: told.refused?.text ?? null });
      return text;
    },
  };
}
