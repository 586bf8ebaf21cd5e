import { readConfig } from '../../src/core/config.js';
import type { Event, Moves } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { askOutside } from '../../src/core/outside.js';
import literature from './index.js';

export type Call = readonly [name: string, args: JsonObject];

export const search = (query: string, min_year: number | null = null, max_year: number | null = null): Call => [
  'paper_search',
  { query, min_year, max_year },
];
export const gather = (question: string): Call => ['gather_evidence', { question }];
export const answer: Call = ['gen_answer', {}];
export const complete = (answer: string | null, has_successful_answer = true): Call => [
  'complete',
  { has_successful_answer, answer },
];

export interface Played {
  readonly episode: Episode;
  readonly moves: readonly Moves[];
  /** What answered the calls, in order. */
  readonly texts: readonly string[];
  readonly reward: number | null;
  readonly outcome: string | null;
}

/** Plays steps of calls, asking the outside for real. */
export async function played(
  set: { readonly [field: string]: Json },
  steps: readonly (readonly Call[])[],
): Promise<Played> {
  const episode = new Episode(literature, readConfig(literature.spec, { set }));
  const moves: Moves[] = [];
  const apply = (step: Moves) => {
    moves.push(step);
    episode.apply(step);
  };
  const { turn } = episode;
  apply({ chance: turn.kind === 'chance' && 'outcomes' in turn ? (turn.outcomes[0]?.[0] as string) : 'train_0' });
  for (const calls of steps) {
    apply({ seats: { 0: calls.map(([name, args], at) => ({ id: `c${at}`, name, args })) } });
    for (let next = episode.turn; next.kind === 'call'; next = episode.turn)
      apply({ answers: await askOutside(next.requests, literature.answer, null, null) });
  }
  return { episode, moves, ...ending(episode) };
}

function ending(episode: Episode): Pick<Played, 'texts' | 'reward' | 'outcome'> {
  const { turn, log } = episode;
  const isOver = turn.kind === 'over';
  return {
    texts: log.flatMap((event: Event) => (event.kind === 'result' ? [event.text as string] : [])),
    reward: isOver ? (episode.returns()[0] as number) : null,
    outcome: isOver ? turn.outcome : null,
  };
}
