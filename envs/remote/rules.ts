import type { Environment, Event, Moves, Step, Turn } from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { type ActionSpace, choice } from '../../src/core/space.js';
import { readTold, sampleTold } from './told.js';
import { type Config, isCalls, type Request, type Result, type State, type Told, type View } from './types.js';

/** Most characters of an answer in words. */
const LONGEST = 100_000;

type Rules = Pick<Environment<State & JsonObject, Config>, 'start' | 'turn' | 'apply' | 'view'>;

/** An environment elsewhere: each step of its seat is a question to it, and what it says is all that is known of it. */
export const rules: Rules = {
  start: (config) =>
    ({ config, told: null, results: [], waiting: null, steps: 0, paid: 0, over: null }) as State & JsonObject,
  turn,
  apply: (state, moves) => apply(state, moves) as Step<State & JsonObject>,
  view: ({ config, told, results, waiting, steps, over }) => {
    const stepsLeft = config.maxSteps - steps;
    const view: View = { text: told?.text ?? null, results, waiting, stepsLeft, outcome: over?.outcome ?? null };
    return view as unknown as Json;
  },
};

function turn({ config, told, waiting, over }: State): Turn {
  if (over !== null) return { kind: 'over', ...over };
  if (told !== null && waiting === null) return { kind: 'act', spaces: { 0: spaceOf(told) } };
  const request: Request =
    told === null
      ? { do: 'reset', task: config.task, reset: config.reset }
      : { do: 'step', session: told.session, move: waiting };
  return { kind: 'call', requests: [request as Json], sample: (rng) => [sampleTold(request, rng)] };
}

function spaceOf({ tools, legal }: NonNullable<State['told']>): ActionSpace {
  if (legal !== null && legal.length > 0) return choice(legal);
  if (tools !== null) return { kind: 'tools', tools: Object.keys(tools), described: tools };
  return { kind: 'text', maxChars: LONGEST, purpose: 'Answer what you are asked.' };
}

function apply(state: State, moves: Moves): Step<State & JsonObject> {
  const next = 'seats' in moves ? asked(state, moves.seats[0] as Json) : answered(state, moves);
  return next as unknown as Step<State & JsonObject>;
}

function asked(state: State, move: Json): { state: State; events: Event[] } {
  const event: Event = { to: 'all', kind: 'asked', move };
  return { state: { ...state, waiting: move, steps: state.steps + 1 }, events: [event] };
}

/** NOTE: tools are told once, and again when they change, for they may be long. */
function tellingOf(before: Told | null, { text, reward, legal, tools }: Told): Event {
  const isNew = before === null || JSON.stringify(tools) !== JSON.stringify(before.tools);
  return { to: 'all', kind: 'told', text, reward, legal, ...(isNew ? { tools } : {}) };
}

type After = { readonly state: State; readonly events: readonly Event[]; readonly rewards?: { 0: { reward: number } } };

function answered(state: State, moves: Moves): After {
  const read = readTold('answers' in moves ? (moves.answers[0] as Json) : null);
  if ('error' in read) return ended({ ...state, waiting: null }, [], 'the environment elsewhere failed', read.error);
  const told = { ...read, tools: read.tools === undefined ? (state.told?.tools ?? null) : read.tools };
  const results = resultsOf(state.waiting, told);
  const paid = state.paid + told.reward;
  const events: Event[] = results.map((result) => ({ to: 'all', kind: 'result', ...result }));
  events.push(tellingOf(state.told, told));
  const next: State = { ...state, told, results, waiting: null };
  const { worst, best, maxSteps } = state.config;
  if (paid < worst || paid > best)
    return ended(next, events, 'it paid what is not expected', `${paid} in all, and ${worst} to ${best} is declared`);
  const rewards = told.reward === 0 ? {} : { rewards: { 0: { reward: told.reward } } };
  const now = { ...next, paid };
  if (told.done) return { ...over(now, events, told.truncated ? 'cut off' : 'finished', told.truncated), ...rewards };
  if (state.steps >= maxSteps) return { ...over(now, events, 'the steps are used up', true), ...rewards };
  return { state: now, events, ...rewards };
}

function ended(state: State, events: readonly Event[], outcome: string, text: string): After {
  return over(state, [...events, { to: 'all', kind: 'failed', outcome, text }], outcome, true);
}

function over(state: State, events: readonly Event[], outcome: string, truncated: boolean): After {
  return {
    state: { ...state, over: { outcome, truncated } },
    events: [...events, { to: 'all', kind: 'over', outcome }],
  };
}

/** NOTE: answers belong to calls by their order; what is missing was answered with nothing. */
function resultsOf(move: Json, { results }: Told): Result[] {
  if (!isCalls(move)) return [];
  return move.map(({ id, name, args }, at) => ({ id, name, args, text: results[at] ?? '' }));
}
