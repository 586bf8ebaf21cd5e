import type { Annotation } from '../../../replays/annotations.js';
import type { EpisodeRecord, RecordedCall, RecordedStep } from '../../../replays/schema.js';
import type { RecordedDecision } from '../../../replays/steps.js';
import type { Rewards, Seat, Turn } from '../../core/environment.js';
import type { Json, JsonObject } from '../../core/json.js';
import type { ActionSpace, Move } from '../../core/space.js';
import type { Played, PlayedMove, ShownCall, Tried } from './wire.js';

type RecordedTry = NonNullable<RecordedDecision['tries']>[number];

/** A step with everything that led to it. */
export function wholeStep(step: RecordedStep, turn: Turn, annotations: readonly Annotation[]): Played {
  const seats = Object.entries(step.seats ?? {}).map(([seat, decided]) => {
    const said = annotations.filter((one) => one.seat === Number(seat));
    return [seat, wholeMove(decided, spaceOf(turn, Number(seat)), said)] as const;
  });
  return {
    seats: Object.fromEntries(seats),
    chance: (step.chance ?? null) as Move | null,
    answers: (step.answers ?? null) as readonly Json[] | null,
    rewards: (step.rewards ?? null) as Rewards | null,
    at: step.at ?? null,
  };
}

/** A step as the seat that may have moved in it knows it: its own move, and nothing else. */
export function ownStep(step: RecordedStep, turn: Turn, seat: Seat | null): Played {
  const decided = seat === null ? undefined : step.seats?.[seat];
  const own = decided === undefined ? {} : { [String(seat)]: bareMove(decided, spaceOf(turn, seat as Seat)) };
  return { seats: own, chance: null, answers: null, rewards: null, at: null };
}

/** The failed answers by which seats forfeited. */
export function forfeitsOf({ end }: EpisodeRecord): { readonly [seat: string]: readonly Tried[] } {
  return Object.fromEntries(Object.entries(end.forfeits ?? {}).map(([seat, tries]) => [seat, tries.map(triedOf)]));
}

function bareMove(decided: RecordedDecision, space: ActionSpace): PlayedMove {
  return {
    move: decided.move,
    space,
    substituted: decided.substituted === true,
    ...{ by: null, thought: null, reply: null, candidates: [], tries: [], ms: null, calls: [], annotations: [] },
  };
}

function wholeMove(decided: RecordedDecision, space: ActionSpace, annotations: readonly Annotation[]): PlayedMove {
  return {
    ...bareMove(decided, space),
    by: decided.by ?? null,
    thought: decided.thought ?? null,
    reply: decided.reply?.text ?? null,
    candidates: decided.candidates ?? [],
    tries: (decided.tries ?? []).map(triedOf),
    ms: decided.ms ?? null,
    calls: (decided.calls ?? []).map(callOf),
    annotations,
  };
}

function triedOf({ failure, reason, by, reply, thought, calls }: RecordedTry): Tried {
  return {
    failure,
    reason,
    by: by ?? null,
    reply: reply?.text ?? null,
    thought: thought ?? null,
    calls: (calls ?? []).map(callOf),
  };
}

function callOf({ model, parameters, messages, reply, usage }: RecordedCall): ShownCall {
  return { model, parameters: parameters as JsonObject, messages, reply, usage: usage as JsonObject | null };
}

function spaceOf(turn: Turn, seat: Seat): ActionSpace {
  const space = turn.kind === 'act' ? turn.spaces[seat] : undefined;
  if (space === undefined) throw new Error(`seat ${seat} is not to move`);
  return space;
}
