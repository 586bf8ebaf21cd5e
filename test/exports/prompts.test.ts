import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { memoryIds, styleIds } from '../../agents/llm/found.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import { USUAL } from '../../replays/format.js';
import { format } from '../../replays/formats.js';
import { parseRecord } from '../../replays/read.js';
import { Recorder } from '../../replays/recorder.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { turnsOf } from '../../replays/turns.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { runEpisode } from '../../src/core/play.js';
import { obliging } from '../llm-agents/obliging.js';
import { agentOn, models } from '../llm-agents/table.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
beforeEach(() => server.play(obliging));
afterAll(async () => {
  await server.close();
  await models.close();
});

async function recorded(agents: readonly AgentFactory[]): Promise<EpisodeRecord> {
  const config = { players: 2 };
  const recorder = new Recorder({ environment: kuhn, config, seed: 7 });
  let line = '';
  await runEpisode({ environment: kuhn, config, agents, seed: 7, hash: true }, (progress) => {
    if (progress.kind === 'started') recorder.begin(progress);
    else if (progress.kind === 'step') recorder.step(progress);
    else line = recorder.line(progress.ending);
  });
  const read = parseRecord(line);
  if ('problem' in read) throw new Error(read.problem);
  return read.record;
}

/** Every style and memory there is, with the arguments that some cannot do without. */
const ARGUMENTS: { readonly [id: string]: string } = { atomic: ':spy/guard', summary: ':1', window: ':1' };
const named = (id: string) => `${id}${ARGUMENTS[id] ?? ''}`;
const manners = styleIds().flatMap((style) => memoryIds().map((memory) => [named(style), named(memory)] as const));

it.each(manners)('style %s, memory %s: prompts are the bytes the server got', async (style, memory) => {
  const agent = await agentOn(server, `,style=${style},memory=${memory}`);
  const record = await recorded([agent, agent]);
  const received = new Set(server.received.map(({ body }) => JSON.stringify(body?.messages)));
  const seats = [0, 1].map((seat) => ({
    ...{ seat, agent: 'llm', chosen: true, group: '', sampleIndex: 0, return: 0, passed: null },
  }));
  const episode = { record, environment: kuhn, turns: turnsOf(record, kuhn), seats, annotations: [] };
  for (const id of ['trl-sft', 'trl-prompts', 'ludus']) {
    const rows = [...(await format(id)).rows(episode, { ...USUAL, toolArgs: 'string' })];
    expect(rows.length).toBeGreaterThan(1);
    for (const { data } of rows) expect(received).toContain(JSON.stringify(data.prompt));
  }
});
