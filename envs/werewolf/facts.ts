import type { Facts } from '../../src/core/environment.js';
import { type Config, seatsOf } from './config.js';

export function factsOf(config: Config): Facts {
  const { steps, rounds } = longest(config);
  return {
    seats: seatsOf(config),
    information: 'imperfect',
    chance: 'listed',
    calls: false,
    dynamics: isSimultaneous(config) ? 'simultaneous' : 'sequential',
    utility: { kind: 'general', ...bounds(config, rounds) },
    horizon: steps,
  };
}

function isSimultaneous({ roles, kill, talk, vote, predict }: Config): boolean {
  const hunting = kill === 'vote' ? roles.werewolf : kill === 'propose' ? Math.max(1, roles.werewolf - 1) : 1;
  const busy = hunting + roles.seer + roles.doctor + roles.bodyguard;
  return busy > 1 || roles.witch > 1 || talk.order === 'bidding' || predict || vote.mode === 'simultaneous';
}

/**
 * The longest game: as few deaths as the rules allow. A night is sure to take somebody where nobody can protect; a vote
 * where nobody may abstain and ties are drawn.
 */
function longest(config: Config): { steps: number; rounds: number } {
  const { roles, vote } = config;
  const perNight = roles.doctor + roles.bodyguard + roles.witch === 0 ? 1 : 0;
  const perVote = vote.majority === 'plurality' && !vote.abstain && vote.tie === 'random' ? 1 : 0;
  const least = config.ending === 'parity' ? 3 : 2;
  const halves = config.first === 'night' ? (['night', 'day'] as const) : (['day', 'night'] as const);
  let alive = seatsOf(config);
  let steps = alive + roles.hunter;
  let rounds = 0;
  for (; rounds < config.maxRounds && alive >= least; rounds++) {
    for (const half of halves) {
      if (alive < least) break;
      steps += half === 'night' ? nightSteps(config) : daySteps(config, alive);
      alive -= half === 'night' ? perNight : perVote;
    }
  }
  return { steps, rounds };
}

/** Several wolves take a second step: the draw, the decision or the tie. */
function nightSteps({ roles }: Config): number {
  return 1 + (roles.werewolf > 1 ? 1 : 0) + (roles.witch > 0 ? 1 : 0);
}

function daySteps(config: Config, alive: number): number {
  const { vote, predict } = config;
  const votes = vote.mode === 'simultaneous' ? 1 : alive;
  const tie = vote.majority === 'plurality' && vote.tie === 'random' ? 1 : 0;
  return talkSteps(config, alive) + (predict ? 1 : 0) + votes + tie;
}

/** With bids, each speech takes the bids, the draw of a tie and the speech; a random order draws all but the last. */
function talkSteps({ talk }: Config, alive: number): number {
  if (talk.order === 'bidding') return 3 * talk.turns;
  return talk.rounds * (talk.order === 'random' ? 2 * alive - 1 : alive);
}

type Range = readonly [number, number];

/** Bounds of the weighted return: the wider of a wolf's and a villager's, each part at its worst and best. */
function bounds(config: Config, rounds: number): { min: number; max: number } {
  const wolves = config.roles.werewolf;
  const village = seatsOf(config) - wolves;
  const both: { readonly [part: string]: Range } = { win: [-1, 1], survive: [0, rounds], votedOut: [-1, 0] };
  const most = (count: number) => Math.min(rounds, count);
  const wolf = { ...both, elimination: [-most(wolves - 1), most(village)] as const };
  const villager = {
    ...both,
    vote: [-rounds, rounds] as const,
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
