import type { Facts } from '../../src/core/environment.js';
import { type Config, seatsOf } from './config.js';

/** NOTE: facts are asked for at the start of every episode, and are the same for the same configuration. */
const known = new WeakMap<Config, Facts>();

export function factsOf(config: Config): Facts {
  let facts = known.get(config);
  if (facts === undefined) {
    facts = workOut(config);
    known.set(config, facts);
  }
  return facts;
}

function workOut(config: Config): Facts {
  const longest = longestGame(config);
  return {
    seats: seatsOf(config),
    information: 'imperfect',
    chance: 'listed',
    calls: false,
    dynamics: isSimultaneous(config) ? 'simultaneous' : 'sequential',
    utility: { kind: 'general', ...bounds(config, longest) },
    horizon: longest.steps,
  };
}

function isSimultaneous({ roles, kill, talk, vote, predict }: Config): boolean {
  const hunting = kill === 'vote' ? roles.werewolf : kill === 'propose' ? Math.max(1, roles.werewolf - 1) : 1;
  const busy = hunting + roles.seer + roles.doctor + roles.bodyguard;
  return busy > 1 || roles.witch > 1 || talk.order === 'bidding' || predict || vote.mode === 'simultaneous';
}

/** The most there can be: steps in all, days with a vote, completed rounds. */
type Longest = { readonly steps: number; readonly days: number; readonly rounds: number };

/** The most steps that lead to each number of players alive. */
type Reached = ReadonlyMap<number, number>;

/**
 * The longest game, half round by half round, with as few deaths as the rules allow. A night is sure to take somebody
 * where nobody can protect, a vote where nobody may abstain and ties are drawn. Every hunter shoots once.
 */
function longestGame(config: Config): Longest {
  const halves = config.first === 'night' ? (['night', 'day'] as const) : (['day', 'night'] as const);
  const seats = seatsOf(config);
  let reached: Reached = new Map([[seats, seats + config.roles.hunter]]);
  let steps = 0;
  const played = { night: 0, day: 0 };
  for (let round = 0; round < config.maxRounds; round++) {
    for (const half of halves) {
      reached = goingOn(config, reached);
      if (reached.size === 0) break;
      reached = half === 'night' ? afterNight(config, reached) : afterDay(config, reached);
      steps = Math.max(steps, ...reached.values());
      played[half]++;
    }
  }
  return { steps, days: played.day, rounds: played[halves[1]] };
}

/** Leaves out where so few are alive that somebody must have won. */
function goingOn({ ending }: Config, reached: Reached): Reached {
  const fewest = ending === 'parity' ? 3 : 2;
  return new Map([...reached].filter(([alive]) => alive >= fewest));
}

/** Several wolves take a second step: the draw, the decision or the tie. */
function afterNight({ roles, ending }: Config, reached: Reached): Reached {
  const sure = roles.doctor + roles.bodyguard + roles.witch === 0 ? 1 : 0;
  const forTwo = ending === 'parity' ? 5 : 3;
  const steps = (alive: number) => 1 + (roles.werewolf > 1 && alive >= forTwo ? 1 : 0) + (roles.witch > 0 ? 1 : 0);
  return new Map([...reached].map(([alive, before]) => [alive - sure, before + steps(alive)]));
}

/** A tie that is drawn is one more step, and takes a player. */
function afterDay(config: Config, reached: Reached): Reached {
  const { vote } = config;
  const drawn = vote.majority === 'plurality' && vote.tie === 'random';
  const after = new Map<number, number>();
  const reach = (alive: number, steps: number) => after.set(alive, Math.max(steps, after.get(alive) ?? 0));
  for (const [alive, before] of reached) {
    const steps = before + daySteps(config, alive);
    if (drawn) reach(alive - 1, steps + 1);
    if (!drawn || vote.abstain) reach(alive, steps);
  }
  return after;
}

function daySteps(config: Config, alive: number): number {
  const votes = config.vote.mode === 'simultaneous' ? 1 : alive;
  return talkSteps(config, alive) + (config.predict ? 1 : 0) + votes;
}

/** With bids, each speech takes the bids, the draw of a tie and the speech; a random order draws all but the last. */
function talkSteps({ talk }: Config, alive: number): number {
  if (talk.order === 'bidding') return 3 * talk.turns;
  return talk.rounds * (talk.order === 'random' ? 2 * alive - 1 : alive);
}

type Range = readonly [number, number];

/** Bounds of the weighted return: the wider of a wolf's and a villager's, each part at its worst and best. */
function bounds(config: Config, { days, rounds }: Longest): { min: number; max: number } {
  const wolves = config.roles.werewolf;
  const village = seatsOf(config) - wolves;
  const both: { readonly [part: string]: Range } = { win: [-1, 1], survive: [0, rounds], votedOut: [-1, 0] };
  const most = (count: number) => Math.min(days, count);
  const wolf = { ...both, elimination: [-most(wolves - 1), most(village)] as const };
  const villager = {
    ...both,
    vote: [-days, days] as const,
    elimination: [-most(village - 1), most(wolves)] as const,
  };
  const ranges = [weighted(config, wolf), weighted(config, villager)];
  return { min: Math.min(...ranges.map(([low]) => low)), max: Math.max(...ranges.map(([, high]) => high)) };
}

function weighted({ weights }: Config, parts: { readonly [part: string]: Range }): Range {
  let low = 0;
  let high = 0;
  for (const [part, [worst, best]] of Object.entries(parts)) {
    const weight = weights[part as keyof Config['weights']];
    low += Math.min(weight * worst, weight * best);
    high += Math.max(weight * worst, weight * best);
  }
  return [low, high];
}
