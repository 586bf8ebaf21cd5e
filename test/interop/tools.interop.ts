import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EpisodeRecord } from '../../replays/schema.js';
import type { Message } from '../../src/core/agent.js';
import { due, exported, solvable, solve, told } from '../exports/solved.js';
import { missing, runPython } from './python.js';

const absent = missing('rows of tool calls for TRL', 'trl', 'datasets', 'transformers', 'jinja2');
const environments = await solvable();
const folder = mkdtempSync(join(tmpdir(), 'ludus-tools-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly prompt: readonly Message[];
  readonly completion: readonly [Message];
}

interface Rendered {
  readonly conversational: readonly boolean[];
  readonly templates: { readonly [name: string]: readonly { readonly prompt: string; readonly completion: string }[] };
}

describe.skipIf(absent.length > 0)('TRL, with every environment that an oracle solves by tools', () => {
  let records: readonly EpisodeRecord[] = [];
  let rows: readonly Row[] = [];
  let said: Rendered = { conversational: [], templates: {} };
  beforeAll(async () => {
    records = await solve(folder, environments, 2);
    rows = await exported<Row>(folder, 'trl-sft');
    const file = readFileSync(join(folder, 'rows', 'trl-sft.jsonl'));
    said = runPython<Rendered>('read_tool_rows.py', {}, { 'trl-sft.jsonl': file });
  });

  it('takes every row for a conversation with tools', () => {
    expect(environments.length).toBeGreaterThan(1);
    expect(rows.length).toBeGreaterThan(records.length);
    expect(said.conversational).toEqual(rows.map(() => true));
  });

  it('renders the calls that were made into completions and what they brought into prompts, and nothing astray', () => {
    const wanted = records.flatMap((record) => {
      const environment = environments.find(({ spec }) => spec.id === record.environment.id);
      return environment === undefined ? [] : due(record, environment);
    });
    expect(rows.map(({ prompt, completion: [own] }) => told(prompt, own))).toEqual(wanted);
    expect(Object.keys(said.templates).length).toBeGreaterThan(1);
    for (const [name, rendered] of Object.entries(said.templates)) {
      for (const [at, { prompt, completion }] of rendered.entries()) {
        const { calls, brought } = wanted[at] ?? { calls: [], brought: [] };
        expect(callsIn(completion), name).toEqual(calls.map(([tool, args]) => ({ name: tool, arguments: args })));
        expect(brought.filter((text) => !prompt.includes(text))).toEqual([]);
      }
    }
  });
});

/** SEE: the templates of Qwen 2.5 and 3: each call is a line of JSON between two tags. */
function callsIn(text: string): unknown[] {
  return [...text.matchAll(/<tool_call>\n(.*)\n<\/tool_call>/g)].map(([, json]) => JSON.parse(json ?? ''));
}
