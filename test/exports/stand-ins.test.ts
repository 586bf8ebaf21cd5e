import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import { exportRecords } from '../../replays/exporting/exporter.js';
import { Said } from '../../replays/exporting/said.js';
import { forkTable } from '../../replays/fork.js';
import { USUAL } from '../../replays/format.js';
import { format } from '../../replays/formats.js';
import { Journal } from '../../replays/journal.js';
import { parseRecord } from '../../replays/read.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { runRecorded } from '../../replays/session.js';
import { verify } from '../../replays/verify.js';
import type { AgentFactory } from '../../src/core/agent.js';
import type { Table } from '../../src/core/play.js';

/** A person who is away: another agent plays for them, and says so. */
const away: AgentFactory = () => ({
  manifest: { agent: 'human:person-1', person: 'person-1' },
  act: ({ space }) => ({ move: space.kind === 'choice' ? (space.options[0]?.id ?? '') : '', by: 'random' }),
});
const there: AgentFactory = () => ({
  manifest: { agent: 'human:person-2', person: 'person-2' },
  act: ({ space }) => ({ move: space.kind === 'choice' ? (space.options[0]?.id ?? '') : '' }),
});
const table: Table = { environment: kuhn, config: { players: 2 }, seed: 3, agents: [away, there] };
const nowhere = new Journal({ append: () => {}, clear: () => {} });

async function recorded(game: Omit<Parameters<typeof runRecorded>[0], 'specs'>): Promise<[string, EpisodeRecord]> {
  const { line } = await runRecorded({ ...game, specs: ['human', 'human'] }, nowhere);
  const read = parseRecord(line);
  if ('problem' in read) throw new Error(read.problem);
  return [line, read.record];
}

async function exported(line: string, filters = {}) {
  const home = mkdtempSync(join(tmpdir(), 'ludus-stand-ins-'));
  const records = join(home, 'records.jsonl');
  writeFileSync(records, line);
  return exportRecords({
    ...{ records, filters, options: USUAL, split: null, limit: Number.POSITIVE_INFINITY, tool: 'test' },
    format: await format('trl-sft'),
    annotations: { files: [], said: await Said.open([]) },
    out: join(home, 'rows.jsonl'),
    environment: async () => kuhn,
  });
}

it('what a stand-in played is in the record, verifies, and is never trained as the move of the seat', async () => {
  const [line, record] = await recorded({ table });
  const by = record.steps.flatMap(({ seats }) => Object.values(seats ?? {}).map((decided) => decided.by ?? null));
  expect(by).toEqual(['random', null]);
  expect(verify(record, kuhn)).toBeNull();
  const { turns, played } = await exported(line);
  expect(turns).toMatchObject({ read: 2, given: 1, leftOut: { 'moved by a stand-in': 1 } });
  expect(played).toMatchObject({ agents: { 'human:person-2': 1 } });
});

it('a fork keeps who moved, and what people allow', async () => {
  const [, record] = await recorded({ table, consent: false });
  expect(record.consent).toBe(false);
  const { table: rest, ...origin } = forkTable(record, kuhn, { at: 4, agents: [there, there] });
  const [, fork] = await recorded({ table: rest, ...origin });
  expect(fork.steps[2]?.seats?.['0']?.by ?? fork.steps[3]?.seats?.['0']?.by).toBe('random');
  expect(fork.consent).toBe(false);
});

it('records whose people did not consent are left out unless they are asked for', async () => {
  const [line] = await recorded({ table, consent: false });
  const { records, rows } = await exported(line);
  expect(records.leftOut).toEqual({ 'the people in it did not allow training on it': 1 });
  expect(rows.written).toBe(0);
  expect((await exported(line, { private: true })).rows.written).toBe(1);
  const [allowed] = await recorded({ table, consent: true });
  expect((await exported(allowed)).rows.written).toBe(1);
});

it('turns of a person who did not consent are left out, and those of others are not', async () => {
  const [line] = await recorded({ table, consent: [true, false] });
  const { records, turns, rows } = await exported(line);
  const left = 'the person did not allow training on it';
  expect([records.leftOut, turns.leftOut[left], rows.written]).toEqual([{}, 1, 0]);
  expect((await exported(line, { private: true })).turns.leftOut[left]).toBeUndefined();
  const [nobody] = await recorded({ table, consent: [false, null] });
  expect((await exported(nobody)).records.leftOut).toEqual({ 'the people in it did not allow training on it': 1 });
  const [agents] = await recorded({ table, consent: [true, null] });
  expect((await exported(agents)).turns.leftOut[left]).toBeUndefined();
});
