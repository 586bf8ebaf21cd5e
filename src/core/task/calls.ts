import { UserError } from '../errors.js';
import type { Json, JsonObject } from '../json.js';
import { readCall, type ToolCall } from '../space.js';
import type { Ask, End, Job, Result, TaskTool, Work } from './contract.js';

/** The work on the calls of one step so far. */
export type Bench<W extends Json> = {
  readonly world: W;
  /** Names given to stored things so far in this episode. */
  readonly keys: number;
  readonly calls: readonly ToolCall[];
  /** One for each of the first calls, in their order. */
  readonly results: readonly Result[];
  /** What the next calls wait for; empty while nothing does. */
  readonly asked: readonly Json[];
  readonly end: End | null;
};

/** What all calls of a step have in common. */
export interface Hand<T, W, C> {
  readonly task: T;
  readonly config: C;
  readonly tools: { readonly [name: string]: TaskTool<T, W, C> };
  readonly offered: readonly string[];
  readonly maxCalls: number;
}

/** A call that can be run: its tool and its arguments as the tool reads them. */
interface Ready<T, W, C> {
  readonly tool: TaskTool<T, W, C>;
  readonly args: JsonObject;
}

/** Works on the calls, in order, until all are answered or some wait for the outside. */
export function work<T, W extends Json, C>(hand: Hand<T, W, C>, bench: Bench<W>): Bench<W> {
  let now = bench;
  while (now.results.length < now.calls.length && now.asked.length === 0) now = one(hand, now);
  return now;
}

/** Goes on with what was asked. @param answers one for each of `asked` */
export function resume<T, W extends Json, C>(hand: Hand<T, W, C>, bench: Bench<W>, answers: readonly Json[]): Bench<W> {
  let now: Bench<W> = { ...bench, asked: [] };
  for (const answer of answers) {
    const call = now.calls[now.results.length] as ToolCall;
    const ready = read(hand, call);
    if (now.end !== null || typeof ready === 'string') now = told(now, 'not run: it was over', false);
    else
      now = done(hand, now, (job) =>
        (ready.tool.answered as NonNullable<typeof ready.tool.answered>)(job, ready.args, answer),
      );
  }
  return work(hand, now);
}

function one<T, W extends Json, C>(hand: Hand<T, W, C>, bench: Bench<W>): Bench<W> {
  const at = bench.results.length;
  if (bench.end !== null) return told(bench, 'not run: it was over', false);
  if (at >= hand.maxCalls) return told(bench, `not run: at most ${hand.maxCalls} calls are run in one step`, false);
  const ready = read(hand, bench.calls[at] as ToolCall);
  if (typeof ready === 'string') return told(bench, `Error: ${ready}`, false);
  const asked = together(hand, bench, ready);
  if (asked.length > 0) return { ...bench, asked };
  return done(hand, bench, (job) => ready.tool.run(job, ready.args) as Work<W>);
}

/** What the next call asks the outside, with what those beside it ask where they may be asked together. */
function together<T, W extends Json, C>(hand: Hand<T, W, C>, bench: Bench<W>, first: Ready<T, W, C>): Json[] {
  const asked: Json[] = [];
  const limit = Math.min(bench.calls.length, hand.maxCalls);
  let ready: Ready<T, W, C> | string = first;
  for (let at = bench.results.length; ; ) {
    if (typeof ready === 'string') return asked;
    const ask = asks(hand, bench, ready);
    if (ask === null) return asked;
    asked.push(ask);
    if (ready.tool.concurrent !== true || ++at >= limit) return asked;
    ready = read(hand, bench.calls[at] as ToolCall);
    if (typeof ready !== 'string' && ready.tool.concurrent !== true) return asked;
  }
}

/** What a call asks the outside; null where it asks nothing, or goes wrong before. */
function asks<T, W extends Json, C>(hand: Hand<T, W, C>, bench: Bench<W>, { tool, args }: Ready<T, W, C>): Json | null {
  if (tool.answered === undefined) return null;
  try {
    const tried = tool.run(jobOf(hand, bench, { keys: bench.keys }), args);
    return 'ask' in tried ? (tried as Ask).ask : null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function read<T, W extends Json, C>({ tools, offered }: Hand<T, W, C>, call: ToolCall): Ready<T, W, C> | string {
  const args = readCall({ tools }, { kind: 'tools', tools: offered }, call);
  return args.ok ? { tool: tools[call.name] as TaskTool<T, W, C>, args: args.value } : args.reason;
}

function done<T, W extends Json, C>(
  hand: Hand<T, W, C>,
  bench: Bench<W>,
  run: (job: Job<T, W, C>) => Work<W>,
): Bench<W> {
  const counter = { keys: bench.keys };
  const { world = bench.world, text, failed = false, end = null } = tried(() => run(jobOf(hand, bench, counter)));
  return told({ ...bench, world, keys: counter.keys, end }, failed ? `Error: ${text}` : text, true);
}

function tried<W>(run: () => Work<W>): Work<W> {
  try {
    return run();
  } catch (error) {
    if (error instanceof UserError) return { text: error.message, failed: true };
    throw error;
  }
}

function jobOf<T, W extends Json, C>(
  { task, config }: Hand<T, W, C>,
  { world }: Bench<W>,
  counter: { keys: number },
): Job<T, W, C> {
  return { task, config, world, key: (prefix) => `${prefix}-${++counter.keys}` };
}

function told<W extends Json>(bench: Bench<W>, text: string, run: boolean): Bench<W> {
  const { id, name, args } = bench.calls[bench.results.length] as ToolCall;
  return { ...bench, results: [...bench.results, { id, name, args, text, run }] };
}
