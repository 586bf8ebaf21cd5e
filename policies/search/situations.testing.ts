import { actors, type Environment, type Seat } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { episodeSeed, type Rng } from '../../src/core/rng.js';
import type { ActionSpace } from '../../src/core/space.js';
import { randomly } from '../../src/laws/history.js';
import type { Known } from './determinise.js';

/** A turn of a seat in some episode: what it knows, and what it does not. */
export interface Situation {
  readonly seat: Seat;
  readonly known: Known;
  readonly space: ActionSpace;
  /** The true state: hidden from the seat. */
  readonly state: Json;
  /** Episode and step, to tell situations apart. */
  readonly at: string;
}

/** Every turn of every seat in so many random episodes. */
export function situations(environment: Environment, config: JsonObject, episodes: number, seed = 1): Situation[] {
  const found: Situation[] = [];
  for (let index = 0; index < episodes; index++) {
    const episode = new Episode(environment, config);
    const choose = randomly(environment, episodeSeed(seed, index));
    for (;;) {
      const { turn, state } = episode;
      if (turn.kind === 'over') break;
      for (const seat of actors(turn)) {
        const space = turn.kind === 'act' ? turn.spaces[seat] : undefined;
        if (space !== undefined)
          found.push({ seat, known: knownBy(episode, seat), space, state, at: `${index}/${episode.steps}` });
      }
      episode.apply(choose(turn, episode));
    }
  }
  return found;
}

export function knownBy(episode: Episode, seat: Seat): Known {
  const { events, moves } = episode.heard(seat);
  const view = episode.environment.view(episode.state, seat);
  return { events: [...events], moves: [...moves], view };
}

/** Groups of situations in which a seat knows the same and the states differ. */
export function twins(all: readonly Situation[]): Situation[][] {
  const groups = new Map<string, Map<string, Situation>>();
  for (const situation of all) {
    const { seat, known, state } = situation;
    const key = JSON.stringify([seat, known.events, known.moves]);
    const group = groups.get(key) ?? new Map<string, Situation>();
    groups.set(key, group.set(JSON.stringify(state), situation));
  }
  return [...groups.values()].filter((group) => group.size > 1).map((group) => [...group.values()]);
}

/** So many of a list, drawn without looking. */
export function some<T>(items: readonly T[], count: number, rng: Rng): T[] {
  return rng.shuffled(items).slice(0, count);
}
