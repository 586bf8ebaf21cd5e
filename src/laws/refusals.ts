import { type ActTurn, actors, type Environment, type Moves, type Turn } from '../core/environment.js';
import type { Episode } from '../core/episode.js';
import { MoveRefused } from '../core/errors.js';
import type { Json } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import { type ActionSpace, check, type Move, sample } from '../core/space.js';
import { randomMoves } from './history.js';
import { whyNotPlain } from './plain.js';
import type { Findings, Where } from './report.js';

/** Bad moves of every sort are refused with a reason, and the episode stays as it was. */
export function refusesBadMoves(episode: Episode, fair: Moves, where: Where, findings: Findings): void {
  const before = snapshot(episode);
  for (const [name, moves] of badMoves(episode, fair)) {
    const reason = refusalOf(episode, moves);
    if (reason === null) {
      findings.add(`not refused: ${name}`, where, { got: JSON.stringify(moves) });
      return;
    }
    if (reason.trim() === '') findings.add(`refused without a reason: ${name}`, where);
  }
  findings.same('refused moves change the episode', where, before, snapshot(episode));
}

function snapshot(episode: Episode): string {
  const { state, turn, steps, paid, log, facts } = episode;
  const heard = Array.from({ length: facts.seats }, (_, seat) => episode.heard(seat));
  return JSON.stringify([state, turn, steps, paid, log.length, heard]);
}

/** The reason of refusal; null when the moves were taken. */
function refusalOf(episode: Episode, moves: Moves): string | null {
  try {
    episode.apply(moves);
    return null;
  } catch (thrown) {
    if (thrown instanceof MoveRefused) return thrown.message;
    throw thrown;
  }
}

type Named = readonly [string, Moves];

function badMoves({ turn, facts }: Episode, fair: Moves): Named[] {
  switch (turn.kind) {
    case 'act':
      return 'seats' in fair ? badSeats(turn, fair.seats, facts.seats) : [];
    case 'chance': {
      const unlisted: Named[] =
        'outcomes' in turn ? [['an outcome that is not listed', { chance: 'no such outcome' }]] : [];
      return [...unlisted, ['moves of seats while chance is to move', { seats: { 0: 'no such move' } }]];
    }
    case 'call':
      return [['too many answers', { answers: [...('answers' in fair ? fair.answers : []), null] }]];
    case 'over':
      return [];
  }
}

function badSeats(turn: ActTurn, fair: { readonly [seat: number]: Move }, seats: number): Named[] {
  const asked = actors(turn);
  const idle = Array.from({ length: seats + 1 }, (_, seat) => seat).filter((seat) => !asked.includes(seat));
  const found: Named[] = [
    ['chance while seats are to move', { chance: 'no such outcome' }],
    ...idle.map(
      (seat): Named => [
        'a move of a seat that is not asked',
        { seats: { ...fair, [seat]: fair[asked[0] as number] ?? '' } },
      ],
    ),
  ];
  for (const seat of asked) {
    const { [seat]: _, ...others } = fair;
    found.push(['a missing seat', { seats: others }]);
    for (const [name, move] of badIn(turn.spaces[seat] as ActionSpace))
      found.push([name, { seats: { ...fair, [seat]: move } }]);
  }
  return found;
}

/** Moves that do not belong to a space, whatever the environment. */
function badIn(space: ActionSpace): (readonly [string, Json])[] {
  switch (space.kind) {
    case 'choice':
      return [
        ['an option that is not offered', 'no such option'],
        ['a number for an option', 0],
        ['null for an option', null],
        ['a list for an option', [space.options[0]?.id ?? '']],
      ];
    case 'text':
      return [
        ['a text that is too long', 'x'.repeat(space.maxChars + 1)],
        ['a number for a text', 7],
        ['half a character', '\ud800'],
      ];
    case 'tools':
      return [
        ['a text for a list of calls', 'call me'],
        ['a call without a name', [{ id: 'x', args: {} }]],
        ['a call that is a text', ['call me']],
      ];
    case 'form':
      return [
        ['a text for a form', 'junk'],
        ['a number for a form', 7],
        ['null for a form', null],
        ['a list for a form', []],
      ];
  }
}

/** Unusual moves that `check` accepts are taken like any other, and so are answers that say a call failed. */
export function oddMovesAreTaken(
  environment: Environment,
  state: Json,
  turn: Turn,
  rng: Rng,
  where: Where,
  findings: Findings,
): void {
  for (const moves of oddMoves(environment, turn, rng)) {
    try {
      const reason = whyNotPlain(environment.apply(state, moves).state);
      if (reason !== null) findings.add(`after an unusual move the state is not plain JSON: ${reason}`, where);
    } catch (thrown) {
      const got = `${JSON.stringify(moves)}: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      findings.add('apply throws on a move that check accepts', where, { got });
    }
  }
}

function oddMoves(environment: Environment, turn: Turn, rng: Rng): Moves[] {
  if (turn.kind === 'call') return [{ answers: turn.requests.map(() => ({ error: 'nobody is there' })) }];
  if (turn.kind !== 'act') return [];
  return actors(turn).flatMap((seat) => {
    const space = turn.spaces[seat] as ActionSpace;
    const odd = oddIn(environment, space, rng).filter((move) => check(environment.spec, space, move).ok);
    const fair = randomMoves(environment.spec, turn, rng);
    return odd.map((move) => ({ seats: { ...('seats' in fair ? fair.seats : {}), [seat]: move } }));
  });
}

function oddIn(environment: Environment, space: ActionSpace, rng: Rng): Move[] {
  switch (space.kind) {
    case 'text':
      return ['', 'é\n"\\ player_99 \u{1f43a} <b> __proto__'.slice(0, space.maxChars)];
    case 'tools': {
      const junk = [null, 'junk', [], { junk: 1 }].map((args) => ({ id: 'x', name: space.tools[0] ?? '', args }));
      const fair = sample(environment.spec, space, rng) as readonly Json[];
      return [[], [{ id: 'x', name: 'no such tool', args: {} }], ...junk.map((call) => [call]), [...fair, ...fair]];
    }
    default:
      return [];
  }
}
