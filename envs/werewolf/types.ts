import type { Config, Role } from './config.js';

export type Team = 'wolves' | 'village';
export type Half = 'night' | 'day';

/**
 * What is asked next. Within a round the stages run in this order (night before day or after, as configured); those in
 * which nobody can act are passed over, and who acted is secret.
 *
 * | stage | who | what |
 * |---|---|---|
 * | deal | chance | the role of the next seat |
 * | wolf | chance | which living wolf picks the victim |
 * | night | wolves who propose, vote or pick alone; seers, doctors, bodyguards | a target each, all at once |
 * | decide | the last wolf, who has seen the proposals | the victim |
 * | break | chance | the victim among those the wolves' vote tied |
 * | witch | witches with a potion left, who know the victim | a potion or nothing |
 * | order | chance | who speaks next |
 * | bid | everybody alive | how much they want to speak |
 * | first | chance | who speaks of those who bid most |
 * | talk | one seat | a speech |
 * | predict | everybody alive | the roles of the others |
 * | vote | everybody alive, or the next one in turn | a vote |
 * | tie | chance | who is out of those tied |
 * | hunter | a dying hunter | whom he takes with him |
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

/** One round as it went. The first three fields are secret: a view shows only what its seat was told of them. */
export type Round = {
  /** What each seat aimed at by night: a wolf's proposal, vote or decision, the check, the save, the potion. */
  readonly targets: { readonly [seat: number]: number };
  /** Whom the wolves chose; null before they did, and for those who do not know. */
  readonly victim: number | null;
  /** Which potion a witch used. */
  readonly potions: { readonly [seat: number]: 'heal' | 'poison' };
  /** Who was found dead in the morning. */
  readonly killed: readonly number[];
  /** What dying hunters did, in order; target -1: shot nobody. */
  readonly shot: readonly { readonly seat: number; readonly target: number }[];
  /** Every bidding of the day, by seat. */
  readonly bids: readonly { readonly [seat: number]: number }[];
  readonly speeches: readonly { readonly seat: number; readonly text: string }[];
  /** Votes by seat; null abstains. Empty before the vote. */
  readonly votes: { readonly [seat: number]: number | null };
  /** Who was voted out; null when nobody was, or not yet. */
  readonly out: number | null;
};

/** The whole game. Who is alive, who won and which potions are left follow from the rounds. */
export type State = {
  readonly config: Config;
  readonly stage: Stage;
  /** Roles dealt so far, by seat. */
  readonly roles: readonly Role[];
  /** Rounds so far, oldest first; the last one is going on. */
  readonly rounds: readonly Round[];
  /** Whom chance or the bids chose for the stage: the wolf who picks, the seat that speaks. Else null. */
  readonly chosen: number | null;
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
  /** Rounds so far, oldest first, with only those night targets the viewer was told: its own, and those of its mates. */
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
 * | phase | all | phase, round, alive (list of seats), order (who may speak or vote, in order where one is fixed; only by day) |
 * | proposed | the wolves alive | seat, target |
 * | chose | the seat (wolves: the wolves alive) | seat (-1 for a vote of the wolves), act ('kill', 'see', 'save', 'guard'), target |
 * | saw | the seer | seat, target, result ('wolf', 'village' or a role) |
 * | victim | each witch with a potion left | target (whom the wolves chose) |
 * | potion | the witch | seat, act ('heal', 'poison', 'nothing'), target (-1 for nothing) |
 * | dawn | all | killed (list of seats), shown (list of role, team or null, one each) |
 * | shot | all | seat (the hunter), target (-1 for nobody), shown |
 * | bids | all | bids ([seat, bid] pairs) - told after all have bid |
 * | said | all | seat, text |
 * | predicted | the seat | seat, roles (its answer: player_3 -> role) |
 * | votes | all | votes ([seat, target or -1] pairs; one at a time when voting in turn) |
 * | out | all | target (-1 for nobody), tied (list), shown |
 * | over | all | winner ('wolves', 'village', 'nobody'), roles (all) |
 */
export type { Event as WerewolfEvent } from '../../src/core/environment.js';

export type { Config, Role };
