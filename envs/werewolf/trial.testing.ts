import { readConfig } from '../../src/core/config.js';
import { actors, type Turn } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import { type ActionSpace, type Move, sample } from '../../src/core/space.js';
import type { Role } from './config.js';
import werewolf from './index.js';
import type { View } from './types.js';

/** Games played by hand or at random, for tests and measurements. */

export function configured(set: { readonly [path: string]: Json }, preset?: string): JsonObject {
  return readConfig(werewolf.spec, { set, ...(preset === undefined ? {} : { preset }) });
}

/** A game without talk in which the seats have these roles; fields are set over the defaults. */
export function seated(roles: readonly Role[], set: { readonly [path: string]: Json } = {}): Episode {
  const counts: { [role: string]: number } = { werewolf: 0, seer: 0, doctor: 0, villager: 0 };
  for (const role of roles) counts[role] = (counts[role] ?? 0) + 1;
  const episode = new Episode(werewolf, configured({ roles: counts, 'talk.rounds': 0, ...set }));
  for (const role of roles) episode.apply({ chance: role });
  return episode;
}

/** Plays one move of each seat that is asked. */
export function play(episode: Episode, moves: { readonly [seat: number]: Move }): void {
  episode.apply({ seats: moves });
}

/** All who are asked vote for one seat, who votes for another; -1 abstains. */
export function voteOut(episode: Episode, target: number, other: number): void {
  const vote = (seat: number) => (seat < 0 ? 'abstain' : `vote player_${seat}`);
  play(episode, Object.fromEntries(actors(episode.turn).map((seat) => [seat, vote(seat === target ? other : target)])));
}

/** The ids of the options a seat is offered; none when it is not asked. */
export function offered(episode: Episode, seat: number): string[] {
  const space = episode.turn.kind === 'act' ? episode.turn.spaces[seat] : undefined;
  return space?.kind === 'choice' ? space.options.map(({ id }) => id) : [];
}

export function viewOf(episode: Episode, viewer: number | 'public' | 'all'): View {
  return werewolf.view(episode.state, viewer) as unknown as View;
}

/** The events of a kind so far. */
export function told(episode: Episode, kind: string): JsonObject[] {
  return episode.log.filter((event) => event.kind === kind);
}

/** One random step; texts are as given, so that equal histories are not rare. */
export function step(episode: Episode, rng: Rng, text?: (rng: Rng) => string): void {
  const { turn } = episode;
  if (turn.kind === 'chance') episode.apply({ chance: outcome(turn, rng) });
  else if (turn.kind === 'act') {
    const move = (space: ActionSpace) =>
      space.kind === 'text' && text !== undefined ? text(rng) : sample(werewolf.spec, space, rng);
    play(episode, Object.fromEntries(actors(turn).map((seat) => [seat, move(turn.spaces[seat] as ActionSpace)])));
  }
}

function outcome(turn: Turn & { kind: 'chance' }, rng: Rng): Move {
  return 'outcomes' in turn ? rng.weighted(turn.outcomes) : turn.draw(rng);
}

/** Plays on at random to the end; `look` is called before each step and at the end. */
export function playOut(episode: Episode, rng: Rng, look: (episode: Episode) => void = () => {}): Episode {
  while (episode.turn.kind !== 'over') {
    look(episode);
    step(episode, rng);
  }
  look(episode);
  return episode;
}

/** How a game of a configuration ends under random play, as fast as the rules go. */
export function randomOutcome(config: JsonObject, rng: Rng): string {
  let state = werewolf.start(config);
  let turn = werewolf.turn(state);
  while (turn.kind !== 'over') {
    if (turn.kind === 'chance') state = werewolf.apply(state, { chance: outcome(turn, rng) }).state;
    else if (turn.kind === 'act') {
      const seats: { [seat: number]: Move } = {};
      for (const seat of actors(turn)) seats[seat] = sample(werewolf.spec, turn.spaces[seat] as ActionSpace, rng);
      state = werewolf.apply(state, { seats }).state;
    }
    turn = werewolf.turn(state);
  }
  return turn.outcome;
}
