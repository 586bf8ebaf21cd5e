import type { Moves, Step, Turn } from '../../src/core/environment.js';
import type { Role } from './config.js';
import * as day from './day.js';
import { deal, dealTurn } from './deal.js';
import { change, type Draft, enter, onlyMove, pay, record, tell } from './draft.js';
import * as night from './night.js';
import { list, one } from './seats.js';
import { askAll, SHOOT, targetOf } from './spaces.js';
import { dyingHunter, halfOfDeath, living, roundOf, shownOf, teamOf, winnerOf } from './table.js';
import type { Half, Round, Stage, State, Team } from './types.js';
import * as vote from './vote.js';

export const NEW_ROUND: Round = {
  targets: {},
  victim: null,
  potions: {},
  killed: [],
  shot: [],
  bids: [],
  speeches: [],
  votes: {},
  out: null,
};

const OVER: { readonly [winner in Team | 'nobody']: Turn } = {
  wolves: { kind: 'over', outcome: 'the werewolves win', truncated: false },
  village: { kind: 'over', outcome: 'the village wins', truncated: false },
  nobody: { kind: 'over', outcome: 'undecided', truncated: true },
};

/** A stage of the game: what is asked, how the answer is played, and what follows once the part it belongs to is done. */
interface Act {
  readonly turn: (state: State) => Turn;
  readonly play: (draft: Draft, moves: Moves) => boolean;
  readonly next: (draft: Draft) => void;
}

const morning = (draft: Draft) => settle(draft, 'night');
const evening = (draft: Draft) => settle(draft, 'day');

const STAGES: { readonly [stage in Stage]: Act } = {
  deal: { turn: dealTurn, play: deal, next: (draft) => begin(draft, draft.state.config.first) },
  wolf: { turn: night.wolfTurn, play: night.playWolf, next: morning },
  night: { turn: night.nightTurn, play: night.playNight, next: morning },
  decide: { turn: night.decideTurn, play: night.playDecide, next: morning },
  break: { turn: night.breakTurn, play: night.playBreak, next: morning },
  witch: { turn: night.witchTurn, play: night.playWitch, next: morning },
  order: { turn: day.orderTurn, play: day.playOrder, next: vote.beginVote },
  bid: { turn: day.bidsTurn, play: day.playBid, next: vote.beginVote },
  first: { turn: day.firstTurn, play: day.playOrder, next: vote.beginVote },
  talk: { turn: day.talkTurn, play: day.playTalk, next: vote.beginVote },
  predict: { turn: vote.predictionTurn, play: vote.playPredict, next: evening },
  vote: { turn: vote.ballotTurn, play: vote.playVote, next: evening },
  tie: { turn: vote.tieTurn, play: vote.playTie, next: evening },
  hunter: { turn: hunterTurn, play: playHunter, next: (draft) => settle(draft, halfOfLastShot(draft.state)) },
  over: { turn: (state) => OVER[winnerOf(state) ?? 'nobody'], play: () => false, next: () => {} },
};

export function turnOf(state: State): Turn {
  return STAGES[state.stage].turn(state);
}

export function applyTo(state: State, moves: Moves): Step<State> {
  const draft: Draft = { state, events: [] };
  const { play, next } = STAGES[state.stage];
  if (play(draft, moves)) next(draft);
  return draft;
}

function begin(draft: Draft, half: Half): void {
  if (half === 'night') night.beginNight(draft);
  else if (day.beginDay(draft)) vote.beginVote(draft);
}

function hunterTurn(state: State): Turn {
  return askAll(one(dyingHunter(state) as number), () => SHOOT(living(state)));
}

function playHunter(draft: Draft, moves: Moves): true {
  const [seat, move] = onlyMove(moves);
  const target = targetOf(move);
  const { state } = draft;
  const round = roundOf(state);
  record(draft, { shot: [...round.shot, { seat, target }] });
  const shown = target < 0 ? null : shownOf(state, target, halfOfDeath(round, seat));
  tell(draft, { to: 'all', kind: 'shot', seat, target, shown });
  return true;
}

function halfOfLastShot(state: State): Half {
  const round = roundOf(state);
  return halfOfDeath(round, round.shot.at(-1)?.seat ?? -1);
}

/** After the deaths of a night or a vote: dying hunters shoot, then it is seen who has won, then the game goes on. */
function settle(draft: Draft, half: Half): void {
  if (dyingHunter(draft.state) !== undefined) {
    enter(draft, 'hunter');
    return;
  }
  const { first, maxRounds } = draft.state.config;
  const complete = half !== first;
  if (complete) for (const seat of list(living(draft.state))) pay(draft, seat, 'survive', 1);
  const winner = winnerOf(draft.state);
  const { rounds } = draft.state;
  if (winner !== null) finish(draft, winner);
  else if (!complete) begin(draft, half === 'night' ? 'day' : 'night');
  else if (rounds.length >= maxRounds) finish(draft, 'nobody');
  else {
    change(draft, { rounds: [...rounds, NEW_ROUND] });
    begin(draft, first);
  }
}

function finish(draft: Draft, winner: Team | 'nobody'): void {
  enter(draft, 'over');
  const { roles } = draft.state;
  tell(draft, { to: 'all', kind: 'over', winner, roles });
  if (winner === 'nobody') return;
  for (const [seat, role] of roles.entries()) pay(draft, seat, 'win', teamOf(role as Role) === winner ? 1 : -1);
}
