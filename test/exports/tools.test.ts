import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EpisodeRecord } from '../../replays/schema.js';
import type { Message } from '../../src/core/agent.js';
import { CHAT, cookbook } from './openai.js';
import { due, exported, isAnswering, solvable, solve, told } from './solved.js';

/** Records of a scripted agent that calls tools, made and exported by the real command line. */
const environments = await solvable();
const folder = mkdtempSync(join(tmpdir(), 'ludus-tools-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Chat {
  readonly messages: readonly Message[];
  readonly tools: readonly { readonly function: { readonly name: string } }[];
}

let records: readonly EpisodeRecord[] = [];
let rows: readonly Chat[] = [];
beforeAll(async () => {
  records = await solve(folder, environments, 1);
  rows = await exported<Chat>(folder, 'openai-chat');
}, 300_000);

describe('an oracle that solves tasks by tools', () => {
  it('is there for more than one environment, and wins each task', () => {
    expect(environments.length).toBeGreaterThan(1);
    expect(records.map(({ environment, end }) => [environment.id, end.returns])).toEqual(
      environments.map(({ spec }) => [spec.id, [expect.closeTo(1, 1)]]),
    );
  });

  it('gives rows that keep the schema of OpenAI and pass the checks of its cookbook', () => {
    const validate = new Ajv({ allErrors: true }).compile(CHAT);
    for (const row of rows) expect([validate(row), validate.errors, cookbook(row)]).toEqual([true, null, []]);
  });

  it('gives a row for each turn, with the calls that were made and what each call before it brought', () => {
    const wanted = records.flatMap((record) => {
      const environment = environments.find(({ spec }) => spec.id === record.environment.id);
      return environment === undefined ? [] : due(record, environment);
    });
    expect(wanted.length).toBeGreaterThan(records.length);
    expect(rows.map(({ messages }) => told(messages.slice(0, -1), messages.at(-1) as Message))).toEqual(wanted);
    expect(wanted.every(({ calls }) => calls.length > 0)).toBe(true);
  });

  it('answers no call but those of the message before, and offers every tool that is called', () => {
    for (const { messages, tools } of rows) {
      expect(isAnswering(messages)).toBe(true);
      const offered = tools.map(({ function: { name } }) => name);
      for (const [name] of told([], messages.at(-1) as Message).calls) expect(offered).toContain(name);
    }
  });
});
