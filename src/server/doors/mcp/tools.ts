import { z } from 'zod';
import type { JsonObject } from '../../../core/json.js';
import { type StartArgs, startFields } from '../start.js';
import { described, listed } from './described.js';
import type { Guest } from './guest.js';
import { replayed } from './replay.js';
import type { Seen } from './seen.js';

/** What a tool answers: words for a model, the same as fields for a program. */
export interface Told {
  readonly text: string;
  readonly fields: JsonObject;
  /** Set where what was asked has not been done, and the words say what is right. */
  readonly isError?: boolean;
}

interface ServedTool {
  readonly title: string;
  readonly description: string;
  readonly args: z.ZodObject;
  /** Whether nothing changes by it. */
  readonly isReading: boolean;
  run(guest: Guest, args: unknown): Told | Promise<Told>;
}

function tool<A extends z.ZodObject>(
  definition: Omit<ServedTool, 'args' | 'run'> & {
    readonly args: A;
    run(guest: Guest, args: z.infer<A>): Told | Promise<Told>;
  },
): ServedTool {
  // NOTE: arguments are read by this very schema before the tool runs.
  return { ...definition, run: (guest, args) => definition.run(guest, args as z.infer<A>) };
}

const session = z.string().describe('the id that start gave');
const environment = z.string().describe('an id of list_environments');

/** The tools of the door, by name. */
export const TOOLS: { readonly [name: string]: ServedTool } = {
  list_environments: tool({
    title: 'List games and tasks',
    description: 'Lists the games and tasks there are to play and to solve, with their ids. Begin here.',
    args: z.strictObject({}),
    isReading: true,
    run: (guest) => listed(guest.house),
  }),
  describe_environment: tool({
    title: 'Describe a game or task',
    description:
      'Tells the rules, presets, fields of the configuration, number of tasks, tools and possible opponents of one environment. Call it before start.',
    args: z.strictObject({
      environment,
      preset: z.string().optional().describe('a preset whose rules to tell; the usual rules when absent'),
    }),
    isReading: true,
    run: (guest, { environment: id, preset }) => described(guest.house, guest.environment(id), preset),
  }),
  start: tool({
    title: 'Start an episode',
    description:
      'Starts a game or a task and shows the first turn. You play one seat; agents of this server play the others at once. The session it gives is named in every later call.',
    args: z.strictObject({
      environment,
      ...startFields,
      config: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('fields of the configuration over the preset, by path, as in {"roles.hunter": 1}'),
    }),
    isReading: false,
    // NOTE: what came as JSON is JSON; the schema of the environment reads it.
    run: async (guest, { environment: id, ...args }) => seen(await guest.start(id, args as StartArgs)),
  }),
  observe: tool({
    title: 'Look at an episode',
    description:
      'Shows what your seat is asked now, the same each time until you act. Waits while others play. Needed only if act says that others play, or to read again.',
    args: z.strictObject({ session }),
    isReading: true,
    run: async (guest, { session: id }) => seen(await guest.observe(id)),
  }),
  act: tool({
    title: 'Make a move',
    description:
      'Answers what your seat is asked and shows what comes of it: the next turn, or the end. Give "answer" in words, or "calls" where the episode has tools of its own. A refused answer costs one of a few tries; the text says why.',
    args: z.strictObject({
      session,
      answer: z
        .string()
        .max(1_000_000)
        .optional()
        .describe(
          'exactly one answer: the bare words of an option, or any text with the answer inside <answer></answer>; thoughts may stand inside <think></think> before it',
        ),
      calls: z
        .array(
          z.strictObject({
            name: z.string().describe('a tool of the episode'),
            args: z.record(z.string(), z.unknown()).optional().describe('its arguments'),
          }),
        )
        .max(1000)
        .optional()
        .describe('tools of the episode to call in this step, run in order'),
      turn: z
        .int()
        .min(1)
        .max(1_000_000)
        .optional()
        .describe('the turn you answer, as it was shown; nothing is played if another one has come meanwhile'),
    }),
    isReading: false,
    run: async (guest, { session: id, turn, ...answer }) => seen(await guest.act(id, answer, turn)),
  }),
  replay: tool({
    title: 'Replay an episode',
    description:
      'Plays an episode that has ended again, step by step in words, with everything that was hidden: cards, roles, moves of the others.',
    args: z.strictObject({
      session,
      from: z.int().min(1).max(1_000_000).default(1).describe('the first step to show, from 1'),
      count: z.int().min(1).max(50).default(10).describe('how many steps to show'),
    }),
    isReading: true,
    run: async (guest, { session: id, from, count }) => {
      const { text, steps, shown } = await replayed(guest, id, from, count);
      return { text, fields: { session: id, steps, shown } as unknown as JsonObject };
    },
  }),
  record: tool({
    title: 'Get the record',
    description:
      'Gives the whole record of an episode that has ended, as JSON, to be kept: ludus replay plays, checks and exports it. It may be long; replay is for reading.',
    args: z.strictObject({ session }),
    isReading: true,
    run: (guest, { session: id }) => {
      const line = guest.line(id);
      return { text: line.trimEnd(), fields: { record: JSON.parse(line) as JsonObject } };
    },
  }),
  close: tool({
    title: 'Close an episode',
    description: 'Lets go of an episode. One that has not ended is broken off, without a result.',
    args: z.strictObject({ session }),
    isReading: false,
    run: async (guest, { session: id }) => {
      await guest.close(id);
      return { text: `Session ${id} is closed.`, fields: { session: id, closed: true } };
    },
  }),
};

const UNSEEN = 'Nothing was played, for you had not seen this yet. Read it, then act.';

function seen(look: Seen): Told {
  const { isRefused, isUnseen, text } = look;
  const fields = { ...look, isUnseen: isUnseen === true } as unknown as JsonObject;
  if (isUnseen) return { text: `${UNSEEN}\n\n${text}`, fields, isError: true };
  return { text, fields, isError: isRefused };
}
