import { Template } from '@huggingface/jinja';
import { describe, expect, it } from 'vitest';
import calculator from '../../envs/calculator/index.js';
import ticTacToe from '../../envs/tic-tac-toe/index.js';
import { type ExportedEpisode, type Format, USUAL } from '../../replays/format.js';
import { formats } from '../../replays/formats.js';
import { caller, speaker, spokenRecord } from '../../replays/speaker.testing.js';
import { turnsOf } from '../../replays/turns.js';
import type { Environment } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/json.js';
import { plainGrades } from './played.js';
import { TEMPLATES, type Written } from './templates.js';
import { type Trained, trainedIn, withParsedArguments } from './trained.js';

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

/** The text masked 1 is that of the trained answers, character by character. Gives the whole text. */
function compare(written: Written, row: Trained, id: string): string {
  const { whole, mask } = masked(written, row);
  const trained = row.messages.filter((_, at) => row.trains[at]);
  const own = trained.map((message) => written.answer(message)).join('');
  expect([...whole].filter((_, at) => mask[at] === 1).join(''), id).toBe(own);
  expect(mask.reduce((sum, one) => sum + one, 0)).toBe(own.length);
  expect(trained.every(({ role }) => role === 'assistant')).toBe(true);
  expect(trained.length).toBeGreaterThan(0);
  return whole;
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
          for (const row of trainedIn(data).map(withParsedArguments)) {
            const whole = compare(written, row, format.id);
            if (game === 'tools' && data.tools !== undefined)
              expect(whole).toContain('"name": "calculator", "description"');
            rendered.add(format.id);
          }
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
  const [read] = trainedIn(row?.data ?? {}) as [Trained];
  const { whole, mask } = masked(TEMPLATES['Qwen 2.5 and 3'] as Written, read);
  expect([...whole].filter((_, at) => mask[at] === 1).join('')).toContain('\\"expr\\"');
});
