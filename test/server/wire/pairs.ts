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
  /** How many of them tell a viewer in two steps what comes of one step in the game, or the other way round. */
  readonly parted: number;
  /** Where they do so between other news than those for the viewer and those for all, which no table could keep alike. */
  readonly torn: readonly string[];
}

/** A random game and some of its twins, first those whose steps are others, then those with more steps or with fewer. */
export function twinsOf(environment: Environment, config: JsonObject, seed: string, most: number): Twins {
  const { moves } = randomEpisode(environment, config, seed);
  const drawn = Array.from({ length: DRAWN }, (_, at) =>
    twinOf(environment, config, moves, `${seed} twin ${at}`, at % 2 === 0),
  );
  const twins = drawn.filter((twin) => twin !== null);
  const times = timesOf(environment, config, moves);
  const ranked = twins.map((twin) => ({ twin, ...apart(times, timesOf(environment, config, twin)) }));
  ranked.sort((a, b) => rank(b) - rank(a));
  const chosen = ranked.slice(0, most);
  return {
    moves,
    others: chosen.map(({ twin }) => twin),
    uneven: chosen.filter(({ uneven }) => uneven).length,
    parted: chosen.filter(({ parted }) => parted.length > 0).length,
    torn: ranked
      .flatMap(({ parted }) => parted.filter(([first, second]) => first.isForAll || !second.isForAll))
      .map(said),
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

/** Something that a viewer did or was told. */
interface News {
  readonly item: string;
  readonly isForAll: boolean;
  readonly step: number;
}

/** By viewer, the public last. */
type Times = readonly (readonly News[])[];
type Pair = readonly [News, News];

function timesOf(environment: Environment, config: JsonObject, moves: readonly Moves[]): Times {
  const episode = new Episode(environment, config);
  const lookers = [...Array.from({ length: episode.facts.seats }, (_, seat) => seat), 'public' as const];
  const times = lookers.map((): News[] => []);
  for (const { moves: played, step } of playing(episode, replaying(moves))) {
    for (const [at, looker] of lookers.entries()) {
      const own = 'seats' in played && looker !== 'public' ? played.seats[looker] : undefined;
      const told = (step.events ?? []).filter((event) => isTold(event, looker));
      const news = told.map((event) => ({ item: JSON.stringify(event), isForAll: event.to === 'all' }));
      const made = own === undefined ? [] : [{ item: JSON.stringify(own), isForAll: false }];
      for (const one of [...made, ...news]) times[at]?.push({ ...one, step: episode.steps });
    }
  }
  return times;
}

/** What differs in the steps by which two games come to the same news of a viewer. */
interface Apart {
  readonly uneven: boolean;
  /** News after each other that come of one step here and of two there. */
  readonly parted: readonly Pair[];
}

function apart(one: Times, other: Times): Apart {
  const shared = one.map((news, at) => sharedNews(news, other[at] ?? []));
  return {
    uneven: shared.some((pairs) => pairs.some(([here, there]) => here.step !== there.step)),
    parted: shared.flatMap((pairs) => partedIn(pairs)),
  };
}

function rank({ uneven, parted }: Apart): number {
  return parted.length > 0 ? 2 : Number(uneven);
}

/** The same news in both games, as long as they are, up to the last step that brings nothing else to either. */
function sharedNews(news: readonly News[], twin: readonly News[]): Pair[] {
  const differs = news.findIndex(({ item }, at) => twin[at]?.item !== item);
  let shared = differs < 0 ? news.length : differs;
  const isCut = ({ [shared - 1]: last, [shared]: next }: readonly News[]) => last?.step === next?.step;
  while (shared > 0 && (isCut(news) || isCut(twin))) shared--;
  return news.slice(0, shared).map((one, at) => [one, twin[at] as News]);
}

function partedIn(pairs: readonly Pair[]): Pair[] {
  return pairs.flatMap(([here, there], at): Pair[] => {
    const [before, beforeThere] = pairs[at - 1] ?? [];
    if (before === undefined || beforeThere === undefined) return [];
    return (before.step === here.step) === (beforeThere.step === there.step) ? [] : [[before, here]];
  });
}

function said([first, second]: Pair): string {
  return `${first.item} and ${second.item} come of one step here and of two there`;
}
