import {
  type CallTurn,
  type Environment,
  type Event,
  type EventKind,
  environment,
  type Moves,
  type Spec,
  type Step,
  type Turn,
} from '../environment.js';
import type { Json, JsonObject } from '../json.js';
import type { ToolCall } from '../space.js';
import type { ConfiguredTask, Tasks } from '../tasks.js';
import { type Bench, type Hand, resume, work } from './calls.js';
import type { Result, Task, TaskConfig, TaskView, ToolTask } from './contract.js';
import { say, show } from './words.js';

/**
 * The id of the task once it is dealt, and its world; the answers to every step's calls, as they were sent; the step
 * that waits for the outside, and how it ended, null while it goes on. The task itself follows from configuration and
 * id.
 */
type State<W extends Json, C extends JsonObject> = {
  readonly config: C;
  readonly task: string | null;
  readonly world: W | null;
  readonly keys: number;
  readonly steps: readonly (readonly Result[])[];
  readonly waiting: Bench<W> | null;
  readonly outcome: string | null;
};

const EVENTS: { readonly [kind: string]: EventKind } = {
  task: { told: 'everyone', says: 'the id of the task and what is asked' },
  result: { told: 'everyone', says: 'a call and the text that answers it', look: 'result' },
  'no call': { told: 'everyone', says: 'that the step had no tool call' },
  solution: { told: 'everyone', says: 'how it ended and the right answer, once it is over' },
};
/** NOTE: a step that waits for the outside is known by its calls, for none of them need have been answered yet. */
const CALLS: { readonly [kind: string]: EventKind } = {
  calls: { told: 'everyone', says: 'the calls of a step that waits for the outside' },
};

/**
 * An environment in which one seat solves a task by calling tools. A task is dealt by chance unless the configuration
 * names one. Each step is a list of calls, run in order; a wrong name or argument is answered with what would be right.
 * Calls that ask the outside wait for it in a call turn, neighbours of `concurrent` tools together. The reward is paid
 * once, with the call that ends the episode; what is called after it in the same step is not run.
 */
export function toolTask<T extends Task, W extends Json, C extends TaskConfig<T>>(
  definition: ToolTask<T, W, C>,
): Environment {
  return environment<State<W, C>, C>({
    ...rulesOf(definition),
    tasks: tasksOf(definition),
    ...(definition.answer === undefined ? {} : { answer: definition.answer }),
    ...(definition.scripted === undefined ? {} : { scripted: definition.scripted }),
  });
}

type Rules<W extends Json, C extends JsonObject> = Omit<Environment<State<W, C>, C>, 'answer' | 'scripted'>;

function rulesOf<T extends Task, W extends Json, C extends TaskConfig<T>>(definition: ToolTask<T, W, C>): Rules<W, C> {
  const taskOf = tasks(definition);
  const handOf = (state: State<W, C>): Hand<T, W, C> => {
    const { config } = state;
    const task = taskOf(config, state.task as string);
    const offered = offeredBy(definition, task, config);
    return { task, config, tools: definition.tools, offered, maxCalls: config.maxCalls };
  };
  return {
    spec: specOf(definition),
    start: (config) => ({ config, task: null, world: null, keys: 0, steps: [], waiting: null, outcome: null }),
    turn: (state) => turnOf(definition, state, () => handOf(state).offered),
    apply(state, moves) {
      if ('chance' in moves) return deal(definition, state, taskOf(state.config, moves.chance as string));
      const hand = handOf(state);
      return settled(definition, hand, state, benchAfter(hand, state, moves));
    },
    view: (state, viewer) => viewOf(definition, state, state.task === null ? null : handOf(state), viewer === 'all'),
    say: (event) => say(event, definition.saySolution ?? ((solution) => `The solution: ${JSON.stringify(solution)}`)),
    show: (view) => {
      const { seen, stepsLeft, outcome } = view as TaskView;
      return show(seen === null ? '' : (definition.show?.(seen) ?? ''), stepsLeft, outcome);
    },
  };
}

function specOf<T extends Task, W extends Json, C extends TaskConfig<T>>(definition: ToolTask<T, W, C>): Spec<C> {
  const { id, version, title, summary, config, presets, rewards, events, tools, rules } = definition;
  return {
    ...{ id, version, title, summary, config, rewards, tools },
    ...(presets === undefined ? {} : { presets }),
    events: { ...EVENTS, ...(definition.answer === undefined ? {} : CALLS), ...events },
    rules: (config) => rules(config),
    /** NOTE: perfect, for all that happens is told and what is hidden is settled by the task. */
    facts: (config) => {
      const { task, given, maxSteps, maxCalls } = config;
      const calls = definition.calls?.(config) ?? false;
      return {
        ...{ seats: 1, information: 'perfect', dynamics: 'sequential', calls },
        chance: task === null && given === null ? 'drawn' : 'listed',
        utility: { kind: 'general', ...definition.utility(config) },
        horizon: 1 + maxSteps * (calls ? 1 + maxCalls : 1),
      };
    },
  };
}

/** NOTE: dealing, view and tools all ask for the same task; making it once keeps each of them plain. */
function tasks<T extends Task>({ tasks: set }: Pick<ToolTask<T, Json, TaskConfig<T>>, 'tasks'>) {
  const made = new Map<string, T>();
  return ({ given, split }: Pick<TaskConfig<T>, 'given' | 'split'>, id: string): T => {
    if (given !== null) return given;
    let task = made.get(id);
    if (task === undefined) {
      task = set.at(split, Number(id.slice(split.length + 1)));
      if (made.size >= KEPT) made.clear();
      made.set(id, task);
    }
    return task;
  };
}

/** Tasks kept at hand; they are made again when asked for again. */
const KEPT = 256;

function offeredBy<T extends Task, W extends Json, C extends TaskConfig<T>>(
  { offered, tools }: ToolTask<T, W, C>,
  task: T,
  config: C,
): readonly string[] {
  return offered?.(task, config) ?? Object.keys(tools);
}

function turnOf<T extends Task, W extends Json, C extends TaskConfig<T>>(
  definition: ToolTask<T, W, C>,
  { config, task, steps, waiting, outcome }: State<W, C>,
  offered: () => readonly string[],
): Turn {
  if (task === null) return dealing(definition.tasks.sizes, config);
  if (waiting !== null) return calling(definition, waiting.asked);
  if (outcome !== null) return { kind: 'over', outcome, truncated: false };
  if (steps.length >= config.maxSteps) return { kind: 'over', outcome: 'out of steps', truncated: true };
  return { kind: 'act', spaces: { 0: { kind: 'tools', tools: offered() } } };
}

function dealing(sizes: { readonly [split: string]: number }, { split, task, given }: TaskConfig): Turn {
  if (given !== null) return { kind: 'chance', outcomes: [[given.id, 1]] };
  if (task !== null) return { kind: 'chance', outcomes: [[`${split}_${task}`, 1]] };
  return { kind: 'chance', draw: (rng) => `${split}_${rng.below(sizes[split] as number)}` };
}

function calling<T extends Task, W extends Json, C extends TaskConfig<T>>(
  { sampleAnswer }: ToolTask<T, W, C>,
  requests: readonly Json[],
): CallTurn {
  const sample: CallTurn['sample'] = (rng) =>
    requests.map((request) => sampleAnswer?.(request, rng) ?? { error: 'nobody answers' });
  return { kind: 'call', requests, sample };
}

function deal<T extends Task, W extends Json, C extends TaskConfig<T>>(
  { open, ask }: ToolTask<T, W, C>,
  state: State<W, C>,
  task: T,
): Step<State<W, C>> {
  const { config } = state;
  return {
    state: { ...state, task: task.id, world: open(task, config) },
    events: [{ to: 'all', kind: 'task', task: task.id, question: ask(task, config) }],
  };
}

function benchAfter<T, W extends Json, C extends JsonObject>(
  hand: Hand<T, W, C>,
  state: State<W, C>,
  moves: Moves,
): Bench<W> {
  if ('answers' in moves) return resume(hand, state.waiting as Bench<W>, moves.answers);
  const calls = (moves as { seats: { 0: readonly ToolCall[] } }).seats[0];
  return work(hand, { world: state.world as W, keys: state.keys, calls, results: [], asked: [], end: null });
}

/** The state after some work: the step goes on outside, or it is done. Each call is told when it is answered. */
function settled<T extends Task, W extends Json, C extends TaskConfig<T>>(
  definition: ToolTask<T, W, C>,
  { task, config, offered }: Hand<T, W, C>,
  state: State<W, C>,
  bench: Bench<W>,
): Step<State<W, C>> {
  const { world, keys, results, end } = bench;
  const before = state.waiting?.results.length ?? 0;
  const events: Event[] = results.slice(before).map((result) => ({ to: 'all', kind: 'result', ...result }));
  const isNew = bench.asked.length > 0 && state.waiting === null;
  if (isNew) events.unshift({ to: 'all', kind: 'calls', calls: bench.calls });
  if (bench.asked.length > 0) return { state: { ...state, waiting: bench }, events };
  if (results.length === 0) events.push({ to: 'all', kind: 'no call', tools: [...offered] });
  const steps = [...state.steps, results];
  const next: State<W, C> = { ...state, world, keys, steps, waiting: null, outcome: end?.outcome ?? null };
  const isOut = end === null && steps.length >= config.maxSteps;
  if (end === null && !isOut) return { state: next, events };
  const solution = definition.solution(task, config);
  events.push({ to: 'all', kind: 'solution', outcome: end?.outcome ?? 'out of steps', solution });
  const rewards = end?.rewards ?? definition.unfinished?.(task, world, config) ?? {};
  return { state: next, events, ...(Object.keys(rewards).length === 0 ? {} : { rewards: { 0: rewards } }) };
}

function viewOf<T extends Task, W extends Json, C extends TaskConfig<T>>(
  definition: ToolTask<T, W, C>,
  { config, task, world, steps, outcome, waiting }: State<W, C>,
  hand: Hand<T, W, C> | null,
  isReader: boolean,
): TaskView {
  const isOut = outcome === null && waiting === null && steps.length >= config.maxSteps;
  const ended = isOut ? 'out of steps' : outcome;
  return {
    task,
    question: hand === null ? null : definition.ask(hand.task, config),
    tools: hand?.offered ?? [],
    steps: waiting === null ? steps : [...steps, waiting.results],
    stepsLeft: config.maxSteps - steps.length,
    seen: hand === null ? null : definition.view(hand.task, (waiting?.world ?? world) as W, config),
    outcome: ended,
    solution: hand !== null && (isReader || ended !== null) ? definition.solution(hand.task, config) : null,
  };
}

function tasksOf<T extends Task, W extends Json, C extends TaskConfig<T>>({ tasks: set }: ToolTask<T, W, C>): Tasks {
  const { sizes, read } = set;
  const given = (task: T): ConfiguredTask => {
    return { id: task.id, split: task.split, config: { given: task as unknown as Json } };
  };
  return {
    sizes,
    at(split, index) {
      const size = sizes[split] ?? 0;
      if (!(Number.isInteger(index) && index >= 0 && index < size))
        throw new RangeError(`there is no task ${index} in the split ${split} of ${size}`);
      return { id: `${split}_${index}`, split, config: { split, task: index } };
    },
    ...(read === undefined
      ? {}
      : {
          read(file) {
            const { tasks, bad } = read(file);
            return { tasks: tasks.map(given), bad };
          },
        }),
  };
}
