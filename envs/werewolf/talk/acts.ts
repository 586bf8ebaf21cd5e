import type { Role } from '../config.js';

/** What a check told: the team, or a role other than werewolf where checks tell roles. */
export type Finding = 'wolf' | 'village' | Exclude<Role, 'werewolf'>;

/**
 * What is done by saying something. `claim` a role; `check` or `save`: tell of a night; `counter`: somebody claims a
 * role that is the speaker's own; `call`: all should vote for one player; `deny`: the speaker is no werewolf; `pass`:
 * nothing to say.
 */
export type ActKind =
  | 'claim'
  | 'check'
  | 'save'
  | 'counter'
  | 'accuse'
  | 'defend'
  | 'agree'
  | 'doubt'
  | 'ask'
  | 'call'
  | 'deny'
  | 'pass';

/** Grounds of an accusation, a doubt or a defence; those marked * name a second player. */
export type Why =
  | 'voted' // * the accused voted for an innocent
  | 'votedMe'
  | 'pushed' // * the accused accused an innocent
  | 'pushedMe'
  | 'turned' // changed his story
  | 'rival' // * claims the same role as another
  | 'checked' // * another player's check
  | 'defended' // * stood up for a suspect
  | 'outlived' // * an accuser died
  | 'quiet'
  | 'cleared' // * another player's check found nothing
  | 'helped' // * voted against a suspect
  | 'claimed'; // a claim that nobody contradicts

/** One act of speech. `who` it is about, `whom` its reason names. Plain data: made by planners and by the reader alike. */
export type Act = {
  readonly kind: ActKind;
  readonly who: number | null;
  readonly role: Role | null;
  readonly finding: Finding | null;
  /** Of a check: whether it is last night's. */
  readonly fresh: boolean;
  readonly why: Why | null;
  readonly whom: number | null;
};

type Rest = Partial<Omit<Act, 'kind' | 'who'>>;
const NOTHING: Rest = {};

/** An act of a kind about a player, with the rest as given. */
export function act(kind: ActKind, who: number | null = null, rest: Rest = NOTHING): Act {
  const { role = null, finding = null, fresh = false, why = null, whom = null } = rest;
  return { kind, who, role, finding, fresh, why, whom };
}
