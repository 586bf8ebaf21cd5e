import { type Event, environment, type Moves, type Step, type Turn } from '../../src/core/environment.js';
import type { ToolCall } from '../../src/core/space.js';
import { type Config, config, presets } from './config.js';
import { problemOf, SPLITS, tasks } from './dataset.js';
import { hindsight } from './hindsight.js';
import { rules, say, show } from './language.js';
import type { Problem } from './problems.js';
import { scripted } from './scripted.js';
import { type Ran, run, TOOLS, tools } from './tools.js';
import type { Result, State, View } from './types.js';

const ACT: Turn = { kind: 'act', spaces: { 0: { kind: 'tools', tools: TOOLS } } };

/** The problem of a task that has been dealt. */
function problem(config: Config, task: string): Problem {
  return config.problem ?? problemOf(task);
}

/** Chance deals the task even where the configuration names it, so that the question is always told by an event. */
function dealt({ split, task, problem }: Config): Turn {
  if (problem !== null) return { kind: 'chance', outcomes: [[problem.id, 1]] };
  if (task !== null) return { kind: 'chance', outcomes: [[`${split}_${task}`, 1]] };
  return { kind: 'chance', draw: (rng) => `${split}_${rng.below(SPLITS[split])}` };
}

function turn({ config, task, steps, outcome }: State): Turn {
  if (task === null) return dealt(config);
  if (outcome !== null) return { kind: 'over', outcome, truncated: false };
  return steps.length < config.maxSteps ? ACT : { kind: 'over', outcome: 'out of steps', truncated: true };
}

/** What a step's calls bring. */
interface Answered {
  readonly results: readonly Result[];
  readonly outcome: string | null;
  readonly rewards: { readonly [part: string]: number };
}

/** Calls of tools that exist are run and answered first; the others are answered after them, free unless they are alone. */
function answer(calls: readonly ToolCall[], gold: number, maxCalls: number): Answered {
  const counted = calls.slice(0, maxCalls);
  const known = counted.filter(({ name }) => TOOLS.includes(name)).map((call) => run(call, gold));
  const unknown = counted.filter(({ name }) => !TOOLS.includes(name)).map((call) => unanswered(call, ''));
  const beyond = calls.slice(maxCalls).map((call) => unanswered(call, `not run: at most ${maxCalls} calls a step`));
  const results = [...known.map(({ result }) => result), ...unknown, ...beyond];
  if (known.length > 0) return { results, ...judged(known) };
  return calls.length === 0
    ? { results, outcome: 'no tool call', rewards: { failure: -1 } }
    : { results, outcome: 'unknown tools', rewards: { failure: -unknown.length } };
}

function unanswered({ id, name, args }: ToolCall, text: string): Result {
  return { id, name, args, text, run: false };
}

function judged(ran: readonly Ran[]): { outcome: string | null; rewards: { readonly [part: string]: number } } {
  const grades = ran.flatMap(({ graded }) => (graded === null ? [] : [graded]));
  const failures = ran.filter(({ failed }) => failed).length;
  const right = grades.reduce<number>((sum, grade) => sum + grade, 0);
  const rewards = {
    ...(grades.length === 0 ? {} : { answer: right }),
    ...(failures === 0 ? {} : { failure: -failures }),
  };
  const ending = right > 0 ? 'right answer' : failures > 0 ? 'tool failure' : grades.length > 0 ? 'wrong answer' : null;
  return { outcome: ending, rewards };
}

function play(state: State, calls: readonly ToolCall[]): Step<State> {
  const { config, task, steps } = state;
  const gold = problem(config, task as string).answer;
  const { results, outcome, rewards } = answer(calls, gold, config.maxCalls);
  const next = { ...state, steps: [...steps, results], outcome };
  const events: Event[] = results.map((result) => ({ to: 'all', kind: 'result', ...result }));
  if (calls.length === 0) events.push({ to: 'all', kind: 'no call' });
  if (turn(next).kind === 'over') events.push({ to: 'all', kind: 'solution', answer: gold });
  return { state: next, events, ...(Object.keys(rewards).length === 0 ? {} : { rewards: { 0: rewards } }) };
}

function deal(state: State, task: string): Step<State> {
  const { question } = problem(state.config, task);
  return { state: { ...state, task }, events: [{ to: 'all', kind: 'task', task, question }] };
}

export default environment<State, Config>({
  spec: {
    id: 'calculator',
    version: '1.0.0',
    title: 'Word problems with a calculator',
    summary: 'One seat solves a word problem with the tools calculator and submit_answer.',
    config,
    presets,
    rewards: {
      answer: { says: '1 for each right answer, 0 for a wrong one', weight: 1, told: 'at once' },
      failure: {
        says: '-1 for an expression without a value, an answer that is no number, no tool call, or each of only unknown tools',
        weight: 1,
        told: 'at once',
      },
    },
    events: {
      task: { told: 'everyone', says: 'the id of the task and its question' },
      result: { told: 'everyone', says: 'a call and the text that answers it', look: 'result' },
      'no call': { told: 'everyone', says: 'that the step had no tool call' },
      solution: { told: 'everyone', says: 'the right answer, once it is over' },
    },
    tools,
    /** NOTE: perfect, for all that happens is told and the answer is settled by the question. */
    facts: ({ task, problem, maxSteps, maxCalls }) => ({
      seats: 1,
      information: 'perfect',
      chance: task === null && problem === null ? 'drawn' : 'listed',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'general', min: -maxCalls, max: maxCalls },
      horizon: 1 + maxSteps,
    }),
    rules,
  },

  start: (config) => ({ config, task: null, steps: [], outcome: null }),
  turn,
  apply(state, moves: Moves) {
    if ('chance' in moves) return deal(state, moves.chance as string);
    return play(state, (moves as { seats: { 0: readonly ToolCall[] } }).seats[0]);
  },

  view(state, viewer): View {
    const { config, task, steps, outcome } = state;
    const dealt = task === null ? null : problem(config, task);
    const over = turn(state).kind === 'over';
    return {
      task,
      question: dealt?.question ?? null,
      steps,
      stepsLeft: config.maxSteps - steps.length,
      outcome: over && outcome === null ? 'out of steps' : outcome,
      answer: viewer === 'all' || over ? (dealt?.answer ?? null) : null,
    };
  },
  say,
  show: (view) => show(view as View),
  hindsight,
  scripted,
  tasks,
});
