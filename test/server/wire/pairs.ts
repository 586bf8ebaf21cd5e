import { type Environment, isTold, type Moves } from '../../../src/core/environment.js';
import { Episode } from '../../../src/core/episode.js';
import type { JsonObject } from '../../../src/core/json.js';
import { stream } from '../../../src/core/rng.js';
import { playing, randomEpisode, randomMoves, replaying } from '../../../src/laws/history.js';
import { type Change, changeOne, twinPlay } from '../../../src/laws/twins.js';

/** Twins that are drawn; only a few of them are played at a table. */
const DRAWN = 60;

export interface Twins {
  readonly moves: readonly Moves[];
  /** Games that differ from it in one move that somebody does not see. */
  readonly others: readonly (readonly Moves[])[];
  /** How many of them come to what a viewer knows in more steps, or in fewer. */
  readonly uneven: number;
}

/** A random game and some of its twins, first those in which others do more, or less, than a viewer is told. */
export function twinsOf(environment: Environment, config: JsonObject, seed: string, most: number): Twins {
  const { moves } = randomEpisode(environment, config, seed);
  const drawn = Array.from({ length: DRAWN }, (_, at) =>
    twinOf(environment, config, moves, `${seed} twin ${at}`, at % 2 === 0),
  );
  const twins = drawn.filter((twin) => twin !== null);
  const times = timesOf(environment, config, moves);
  const ranked = twins.map((twin) => ({ twin, uneven: isUneven(times, timesOf(environment, config, twin)) }));
  ranked.sort((a, b) => Number(b.uneven) - Number(a.uneven));
  const chosen = ranked.slice(0, most);
  return {
    moves,
    others: chosen.map(({ twin }) => twin),
    uneven: chosen.filter(({ uneven }) => uneven).length,
  };
}

function twinOf(
  environment: Environment,
  config: JsonObject,
  moves: readonly Moves[],
  name: string,
  deal: boolean,
): readonly Moves[] | null {
  const change = deal ? anotherDeal(environment, config, name) : changeOne(environment, config, moves, name);
  if (change === null) return null;
  const choose = twinPlay(environment, moves, change, name);
  return [...playing(new Episode(environment, config), choose)].map((happened) => happened.moves);
}

/** What chance does at the start, drawn again; null where it does nothing. */
function anotherDeal(environment: Environment, config: JsonObject, name: string): Change | null {
  const { turn } = new Episode(environment, config);
  return turn.kind === 'chance' ? { step: 0, moves: randomMoves(environment.spec, turn, stream('deal', name)) } : null;
}

type Times = readonly (readonly { readonly item: string; readonly step: number }[])[];

/** By viewer, the public last: what it did and was told, and at which step. */
function timesOf(environment: Environment, config: JsonObject, moves: readonly Moves[]): Times {
  const episode = new Episode(environment, config);
  const lookers = [...Array.from({ length: episode.facts.seats }, (_, seat) => seat), 'public' as const];
  const times = lookers.map((): { item: string; step: number }[] => []);
  for (const { moves: played, step } of playing(episode, replaying(moves))) {
    for (const [at, looker] of lookers.entries()) {
      const own = 'seats' in played && looker !== 'public' ? played.seats[looker] : undefined;
      const told = (step.events ?? []).filter((event) => isTold(event, looker));
      for (const item of own === undefined ? told : [own, ...told])
        times[at]?.push({ item: JSON.stringify(item), step: episode.steps });
    }
  }
  return times;
}

function isUneven(one: Times, other: Times): boolean {
  return one.some((items, at) => {
    const twin = other[at] ?? [];
    const differs = items.findIndex(({ item }, index) => twin[index]?.item !== item);
    const shared = items.slice(0, differs < 0 ? items.length : differs);
    return shared.some(({ step }, index) => twin[index]?.step !== step);
  });
}
