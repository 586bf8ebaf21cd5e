import type { Event } from '../../src/core/environment.js';
import type { Config, Role } from './config.js';

export type Team = 'wolves' | 'village';

/**
 * What is asked next. Stages run in this order within a round; those that nobody can act in are passed over, and who
 * acted is secret. `deal`: chance deals roles seat by seat. `night`: wolves (propose, vote, or the one drawn), seer,
 * doctor, bodyguard and - as they need not know the victim - nobody else, all at once. `decide`: the deciding wolf, who
 * sees the proposals. `witch`: learns the victim, may heal or poison. `order`: chance draws the order of speakers.
 * `bid`, `talk`, `predict`, `vote`, `tie` make the day. `hunter`: somebody dying may shoot. `over`.
 */
export type Stage =
  | 'deal'
  | 'wolf'
  | 'night'
  | 'decide'
  | 'break'
  | 'witch'
  | 'order'
  | 'bid'
  | 'first'
  | 'talk'
  | 'predict'
  | 'vote'
  | 'tie'
  | 'hunter'
  | 'over';

/** One round as it went. Night fields are secret; views show each seat only its own part. */
export type Round = {
  /** What each seat aimed at by night, by seat: the wolf's last target, the check, the save. */
  readonly targets: { readonly [seat: number]: number };
  /** Who was found dead in the morning. */
  readonly killed: readonly number[];
  /** Whom hunters took with them, and when. */
  readonly shot: readonly number[];
  readonly speeches: readonly { readonly seat: number; readonly text: string }[];
  /** Votes by seat; null abstains. Empty before the vote. */
  readonly votes: { readonly [seat: number]: number | null };
  /** Who was voted out; null when nobody was, or not yet. */
  readonly out: number | null;
};

/**
 * What a seat sees. `roles` holds what this seat knows of each player's role: its own, the mates of a wolf, what was
 * revealed, what its checks told (`'villager'` is never guessed; `teams` says so where only the team is known).
 */
export type View = {
  readonly you: number | null;
  readonly role: Role | null;
  readonly round: number;
  readonly phase: 'night' | 'discussion' | 'vote' | 'over';
  readonly alive: readonly boolean[];
  readonly roles: readonly (Role | null)[];
  readonly teams: readonly (Team | null)[];
  /** Rounds so far, oldest first, with only the viewer's own night targets. */
  readonly rounds: readonly Round[];
  /** The witch's potions left; absent for everybody else. */
  readonly potions?: { readonly heal: boolean; readonly poison: boolean };
  /** Who won, once it is over. */
  readonly winner: Team | 'nobody' | null;
};

/**
 * Events, by kind. Fields named `seat` are who it is about, `target` whom it hits. Everything a seat did itself by
 * night is told to it, so that its events alone are its memory.
 *
 * | kind | to | fields |
 * |---|---|---|
 * | role | the seat | seat, role |
 * | mates | each wolf | seats (all wolves) |
 * | phase | all | phase, round, alive (list of seats), last (seats that may speak or vote, in order; only by day) |
 * | proposed | the wolves alive | seat, target |
 * | chose | the seat (wolves: the wolves alive) | seat, act ('kill', 'see', 'save', 'guard'), target |
 * | saw | the seer | seat, target, result ('wolf', 'village' or a role) |
 * | victim | the witch | target (whom the wolves chose; -1 for nobody) |
 * | potion | the witch | seat, act ('heal', 'poison', 'nothing'), target (-1 for nothing) |
 * | dawn | all | killed (list of seats), shown (list of role, team or null, one each) |
 * | shot | all | seat (the hunter), target (-1 for nobody), shown |
 * | bids | all | bids ([seat, bid] pairs) - told after all have bid |
 * | said | all | seat, text |
 * | predicted | the seat | seat, roles (its answer) |
 * | votes | all | votes ([seat, target or -1] pairs; one at a time when voting in turn) |
 * | out | all | target (-1 for nobody), tied (list), shown |
 * | over | all | winner ('wolves', 'village', 'nobody'), roles (all) |
 */
export type WerewolfEvent = Event;

export type { Config, Role };
