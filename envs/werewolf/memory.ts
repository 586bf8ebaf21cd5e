import type { Event } from '../../src/core/environment.js';
import { ROLES, type Role } from './roles.js';
import type { View } from './types.js';

/** What a player might have written down about one seat, from what everybody or the viewer alone was told. */
export interface Memory {
  readonly seat: number;
  /** What the viewer knows of its role: a role, a team, or nothing. */
  readonly known: Role | 'not a werewolf' | null;
  /** Roles it said to have in its own speeches, the first time of each. */
  readonly claims: readonly { readonly role: Role; readonly round: number }[];
  /** Whom it voted for, round by round; null where it abstained. */
  readonly votes: readonly { readonly round: number; readonly target: number | null }[];
  /** How it died; null while it lives. */
  readonly death: string | null;
}

/** A memory aid: who claimed what, voted for whom and died how. Takes what the viewer was told and adds nothing. */
export function memoryOf(view: View): Memory[] {
  return view.alive.map((_, seat) => ({
    seat,
    known: view.roles[seat] ?? (view.teams[seat] === 'village' ? 'not a werewolf' : null),
    claims: claimsOf(view, seat),
    votes: view.rounds.flatMap(({ votes }, at) => {
      const target = votes[seat];
      return target === undefined ? [] : [{ round: at + 1, target }];
    }),
    death: deathOf(view, seat),
  }));
}

function claimsOf({ rounds }: View, seat: number): Memory['claims'] {
  const claims = new Map<Role, number>();
  for (const [at, { speeches }] of rounds.entries()) {
    for (const speech of speeches) {
      if (speech.seat !== seat) continue;
      for (const role of claimed(speech.text)) if (!claims.has(role)) claims.set(role, at + 1);
    }
  }
  return [...claims].map(([role, round]) => ({ role, round }));
}

/**
 * Roles that a speaker says to have: "I am the seer", "I'm a plain villager". Only such plain words are read; whatever
 * else is said is the reader's to judge.
 */
export function claimed(text: string): Role[] {
  const plain = text.toLowerCase().replaceAll('’', "'");
  return ROLES.filter((role) =>
    new RegExp(`\\bi(?:'m| am) (?:the |an? |your |just |only |plain )*${role}\\b`).test(plain),
  );
}

function deathOf({ rounds, alive }: View, seat: number): string | null {
  if (alive[seat] === true) return null;
  for (const [at, { killed, out, shot }] of rounds.entries()) {
    const round = at + 1;
    if (killed.includes(seat)) return `killed in night ${round}`;
    if (out === seat) return `voted out on day ${round}`;
    if (shot.some(({ target }) => target === seat)) return `shot by the hunter in round ${round}`;
  }
  return 'dead';
}

/** The votes of the latest vote there was, with whom each is for; null before the first. */
export function latestVotes(
  events: readonly Event[],
  view: View,
): { readonly round: number; readonly votes: readonly (readonly [number, number | null])[] } | null {
  const told = events.some(({ kind }) => kind === 'votes');
  const at = view.rounds.findLastIndex(({ votes }) => Object.keys(votes).length > 0);
  const round = view.rounds[at];
  if (!told || round === undefined) return null;
  return { round: at + 1, votes: Object.entries(round.votes).map(([seat, target]) => [Number(seat), target] as const) };
}
