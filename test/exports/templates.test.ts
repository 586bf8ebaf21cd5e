import { Template } from '@huggingface/jinja';
import { describe, expect, it } from 'vitest';
import calculator from '../../envs/calculator/index.js';
import ticTacToe from '../../envs/tic-tac-toe/index.js';
import { type ExportedEpisode, type Format, USUAL } from '../../replays/format.js';
import { formats } from '../../replays/formats.js';
import { caller, speaker, spokenRecord } from '../../replays/speaker.testing.js';
import { turnsOf } from '../../replays/turns.js';
import type { Message } from '../../src/core/agent.js';
import type { Environment } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { plainGrades } from './played.js';
import { TEMPLATES, type Written } from './templates.js';

async function played(environment: Environment, agents: Parameters<typeof spokenRecord>[1]): Promise<ExportedEpisode> {
  const record = await spokenRecord(environment, agents, 7, environment.spec.config.parse({}) as JsonObject);
  const seats = record.seats.map(({ agent }, seat) => ({
    ...{ seat, agent, chosen: true, group: '', sampleIndex: 0, return: 0, passed: true },
  }));
  return {
    record,
    environment,
    turns: turnsOf(record, environment),
    seats,
    annotations: plainGrades(record, environment),
  };
}

const player = speaker({ memory: 'full', ids: true });
const GAMES: readonly (readonly [string, ExportedEpisode])[] = [
  ['tools', await played(calculator, [caller])],
  ['words', await played(ticTacToe, [player, player])],
];

/** A row as messages, each with whether it is trained. */
type Trained = { readonly messages: readonly Message[]; readonly trains: readonly boolean[]; readonly tools: Json };

/** What a row trains, by the fields that say so; null where its trainer is given no messages. */
function trainedIn(row: JsonObject): Trained | null {
  const { prompt, completion, chosen, messages } = row;
  const tools = typeof row.tools === 'string' ? (JSON.parse(row.tools || '[]') as Json) : (row.tools ?? []);
  const said = (completion ?? chosen) as readonly Message[] | undefined;
  if (Array.isArray(prompt) && Array.isArray(said)) {
    const before = prompt as unknown as readonly Message[];
    return { messages: [...before, ...said], trains: [...before.map(() => false), ...said.map(() => true)], tools };
  }
  if (!Array.isArray(messages)) return null;
  const list = (messages as unknown as readonly Message[]).map(parsed);
  const flagged = list.some((message) => 'weight' in message || 'train' in message);
  const trains = list.map((one) => (flagged ? one.weight === 1 || one.train === true : one.role === 'assistant'));
  return { messages: list, trains, tools };
}

/** NOTE: formats whose arguments are JSON in strings are for trainers that read them before they render. */
function parsed({ tool_calls: calls, ...message }: Message): Message {
  if (!Array.isArray(calls)) return message as Message;
  const read = (calls as { function: { name: string; arguments: Json } }[]).map(({ function: called, ...call }) => {
    const args = typeof called.arguments === 'string' ? (JSON.parse(called.arguments) as Json) : called.arguments;
    return { ...call, function: { ...called, arguments: args } };
  });
  return { ...(message as Message), tool_calls: read as unknown as Json };
}

/** Renders a row and masks it: 1 from where a trained answer is called for to where it ends. */
function masked({ template: source }: Written, { messages, trains, tools }: Trained) {
  const template = new Template(source);
  const render = (end: number, add: boolean) =>
    template.render({ messages: messages.slice(0, end), tools, add_generation_prompt: add });
  const whole = render(messages.length, false);
  const mask = new Uint8Array(whole.length);
  for (const [at, trained] of trains.entries()) {
    if (!trained) continue;
    const [before, after] = [render(at, true), render(at + 1, false)];
    expect(after.startsWith(before) && whole.startsWith(after)).toBe(true);
    mask.fill(1, before.length, after.length);
  }
  return { whole, mask };
}

const known = await formats();

/** NOTE: a format of ids refuses a game that has none; it has no templates to be rendered by. */
function rowsOf(format: Format, episode: ExportedEpisode): JsonObject[] {
  try {
    return [...format.rows(episode, USUAL)].map(({ data }) => data);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

describe.each(Object.entries(TEMPLATES))('rendered with tools as %s does', (_, written) => {
  it.each(GAMES)(
    'own tokens have mask 1, all others 0, counted, in every format trained by masks: %s',
    (game, episode) => {
      const rendered = new Set<string>();
      for (const format of known) {
        for (const data of rowsOf(format, episode)) {
          const row = trainedIn(data);
          if (row === null) continue;
          const { whole, mask } = masked(written, row);
          const own = row.messages.filter((_, at) => row.trains[at]).map((message) => written.answer(message));
          expect([...whole].filter((_, at) => mask[at] === 1).join(''), format.id).toBe(own.join(''));
          expect(mask.reduce((sum, one) => sum + one, 0)).toBe(own.join('').length);
          expect(own.length, format.id).toBe(
            row.messages.filter(({ role }, at) => row.trains[at] && role === 'assistant').length,
          );
          expect(own.length).toBeGreaterThan(0);
          if (game === 'tools' && data.tools !== undefined)
            expect(whole).toContain('"name": "calculator", "description"');
          rendered.add(format.id);
        }
      }
      expect(rendered.size).toBeGreaterThan(game === 'tools' ? 4 : 5);
    },
  );
});

it('a string in place of arguments is written twice over, and found', async () => {
  const [, episode] = GAMES[0] as (typeof GAMES)[number];
  const format = known.find(({ id }) => id === 'trl-sft');
  const [row] = format?.rows(episode, { ...USUAL, toolArgs: 'string' }) ?? [];
  const read = trainedIn(row?.data ?? {}) as Trained;
  const { whole, mask } = masked(TEMPLATES['Qwen 2.5 and 3'] as Written, read);
  expect([...whole].filter((_, at) => mask[at] === 1).join('')).toContain('\\"expr\\"');
});
