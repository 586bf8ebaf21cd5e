import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRecords } from '../../replays/exporting/exporter.js';
import { Said } from '../../replays/exporting/said.js';
import { USUAL } from '../../replays/format.js';
import { format } from '../../replays/formats.js';
import { draftPlan } from '../../src/arena/tournament/draft.js';
import { type TournamentRequest, tournamentRequest } from '../../src/arena/tournament/request.js';
import { runTournament } from '../../src/arena/tournament/run.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readFields } from '../../src/core/config.js';
import { obliging } from '../llm-agents/obliging.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { type Count, counting } from './counting.js';

const home = mkdtempSync(join(tmpdir(), 'ludus-counts-'));
const catalogue = new Catalogue();
/** Agents of the tournament, each with a model of its own, so that the server knows whom it answers. */
const AGENTS = { plain: '', viewing: ',style=recon' };
let server: ModelServer;
let counts: readonly Count[] = [];

beforeAll(async () => {
  server = await startModelServer();
  const counted = counting(obliging, (index) => index % 6 === 4, '');
  server.play(counted.script);
  counts = counted.counts;
  const agents = Object.entries(AGENTS).map(([name, manner]) => ({
    name,
    agent: `llm:compatible/${name}@${server.origin}/v1${manner}`,
  }));
  const environments = ['kuhn-poker', 'negotiation'];
  const request = { agents, environments, anchors: false, blocks: 1, seed: 7, clock: 'fixed' };
  const plan = await draftPlan(
    readFields(tournamentRequest, request, 'plan') as unknown as TournamentRequest,
    catalogue,
  );
  await runTournament(plan, { folder: home, workers: 1, played: () => {} });
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** What is counted of a row, whichever format it is of. */
interface Written {
  readonly mask: readonly (0 | 1)[];
  readonly traces: readonly { readonly nodes: readonly { readonly mask: readonly boolean[] }[] }[];
  readonly steps: readonly { readonly metrics?: { readonly completion_token_ids: readonly number[] } }[];
  readonly final_metrics: { readonly total_completion_tokens: number };
}

/** The rows of one agent. */
async function rowsOf(id: string, name: string): Promise<Written[]> {
  const said = await Said.open([]);
  const out = join(home, `${id}-${name}.out`);
  const task = { records: home, annotations: { files: [], said }, out, options: USUAL, filters: { agents: [name] } };
  const rest = { split: null, limit: Number.POSITIVE_INFINITY, tool: 'ludus test' };
  const environment = (one: string) => catalogue.environment(one);
  try {
    await exportRecords({ ...task, ...rest, format: await format(id), environment });
  } finally {
    said.close();
  }
  const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Written);
}

const sum = (figures: readonly number[]): number => figures.reduce((total, one) => total + one, 0);
const trueIn = (mask: readonly (boolean | number)[]): number => mask.filter(Boolean).length;

/** Tokens that each format trains of one agent. */
const TRAINED: { readonly [id: string]: (rows: readonly Written[]) => number } = {
  tokens: (rows) => sum(rows.map(({ mask }) => trueIn(mask))),
  verifiers: (rows) =>
    sum(rows.flatMap(({ traces }) => traces.flatMap(({ nodes }) => nodes.map(({ mask }) => trueIn(mask))))),
  atif: (rows) =>
    sum(rows.flatMap(({ steps }) => steps.map(({ metrics }) => metrics?.completion_token_ids.length ?? 0))),
};

/** What the server counted for one agent: all of it, or only the replies that could be played. */
function served(name: string, failed: boolean): number {
  return sum(counts.flatMap((count) => (count.model === name && (failed || !count.spoilt) ? [count.completion] : [])));
}

describe.each(Object.keys(AGENTS))('tokens of %s over a tournament', (name) => {
  it.each([
    ['tokens', false],
    ['verifiers', true],
    ['atif', true],
  ])('%s trains as many as the server counted, failed tries with them: %s', async (id, failed) => {
    expect(counts.filter(({ model, spoilt }) => model === name && spoilt).length).toBeGreaterThan(0);
    const trained = TRAINED[id]?.(await rowsOf(id, name));
    expect(trained).toBe(served(name, failed));
    expect(trained).not.toBe(served(name, !failed));
  });
});

it('and in total, what ATIF sums up is what the server was paid for', async () => {
  const rows = await Promise.all(Object.keys(AGENTS).map((name) => rowsOf('atif', name)));
  const totals = rows.flat().map(({ final_metrics: end }) => end.total_completion_tokens);
  expect(sum(totals)).toBe(sum(counts.map(({ completion }) => completion)));
});
