import { describe, expect, it } from 'vitest';
import calculator from '../../envs/calculator/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import ticTacToe from '../../envs/tic-tac-toe/index.js';
import type { Message } from '../../src/core/agent.js';
import type { Environment } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { dialoguesOf } from '../dialogue.js';
import { type ExportedEpisode, type ExportOptions, type Row, USUAL } from '../format.js';
import { format } from '../formats.js';
import type { EpisodeRecord } from '../schema.js';
import { caller, type Manner, promptIds, speaker, spokenRecord } from '../speaker.testing.js';
import { OwnTurn, turnsOf } from '../turns.js';

const FULL: Manner = { memory: 'full', ids: true };

interface Exported {
  readonly episode: ExportedEpisode;
  readonly refused: string[];
  rows(id: string, options?: Partial<ExportOptions>): Promise<Row[]>;
}

function exported(record: EpisodeRecord, environment: Environment): Exported {
  const refused: string[] = [];
  const seats = record.seats.map(({ agent }, seat) => ({
    ...{ seat, agent, chosen: true, group: `g${seat}`, sampleIndex: 0, passed: null },
    return: record.end.returns?.[seat] ?? 0,
  }));
  const turns = turnsOf(record, environment);
  const refuse = (reason: string) => refused.push(reason);
  const episode: ExportedEpisode = { record, environment, turns, seats, annotations: [], refuse };
  const rows = async (id: string, options: Partial<ExportOptions> = {}) => [
    ...(await format(id)).rows(episode, { ...USUAL, ...options }),
  ];
  return { episode, refused, rows };
}

async function played(environment: Environment, manner: Manner, seed = 7): Promise<Exported> {
  return exported(await spokenRecord(environment, [speaker(manner), speaker(manner)], seed), environment);
}

const smooth = await played(ticTacToe, FULL);
const stumbling = await played(ticTacToe, { ...FULL, stumbles: [0] });
const fresh = await played(ticTacToe, { memory: 'none', ids: true });
const choosing = await played(ticTacToe, { ...FULL, candidates: [0] });
const tools = exported(
  await spokenRecord(calculator, [caller], 7, calculator.spec.config.parse({}) as JsonObject),
  calculator,
);

function dataOf<T>(row: Row | undefined): T {
  if (row === undefined) throw new Error('there is no row');
  return row.data as T;
}

/** Everything a seat said with a call, tries that failed too. */
function callsOf({ episode }: Exported) {
  return episode.turns.flatMap(({ decided: { tries = [], calls = [] } }) => [
    ...tries.flatMap((tried) => tried.calls ?? []),
    ...calls,
  ]);
}

function placeOf({ step, seat, space, prompt }: OwnTurn) {
  return { step, seat, space, prompt };
}

describe('the dialogue of a seat', () => {
  it('holds every message once where each call sends all that came before', () => {
    for (const { utterances, calls } of dialoguesOf(smooth.episode.turns, true)) {
      expect(utterances).toHaveLength(1 + 2 * calls.length);
      expect(new Set(utterances.map(({ parent }) => parent)).size).toBe(utterances.length);
    }
  });

  it.each([
    ['full memory', smooth],
    ['tries that failed', stumbling],
    ['no memory', fresh],
    ['candidates', choosing],
  ])('gives back the very tokens of every call: %s', (_, of) => {
    let count = 0;
    for (const { utterances, calls } of dialoguesOf(of.episode.turns, true)) {
      for (const { call, at } of calls) {
        const path = [];
        for (let place = at; place !== null; place = utterances[place]?.parent ?? null) path.unshift(place);
        const ids = path.flatMap((place) => utterances[place]?.tokens.ids ?? []);
        expect(ids).toEqual([...(call.tokens?.prompt ?? []), ...(call.tokens?.completion ?? [])]);
        expect(path.slice(0, -1).map((place) => utterances[place]?.message)).toEqual(call.messages);
        count++;
      }
    }
    expect(count).toBe(callsOf(of).length);
  });

  it('keeps pasts apart that differ in their tokens, and only where ids are asked for', () => {
    const turns = smooth.episode.turns.filter(({ seat }) => seat === 0);
    const [first, second] = turns;
    if (first === undefined || second === undefined) throw new Error('too short a game');
    const call = second.decided.calls?.[0];
    if (call?.tokens === undefined || call.tokens === null) throw new Error('no ids');
    const prompt = [...call.tokens.prompt];
    prompt[1] = 0;
    const retold = { ...call, tokens: { ...call.tokens, prompt } };
    const changed = new OwnTurn(
      { ...placeOf(second), decided: { ...second.decided, calls: [retold] }, call: retold, tools: [] },
      second,
    );
    const [exact] = dialoguesOf([first, changed], true);
    expect(exact?.utterances.filter(({ parent }) => parent === null)).toHaveLength(2);
    expect(exact?.utterances.at(-1)?.tokens.ids).toEqual([...prompt, ...call.tokens.completion]);
    expect(dialoguesOf([first, changed])[0]?.utterances.filter(({ parent }) => parent === null)).toHaveLength(1);
  });
});

describe('verifiers', () => {
  it('masks exactly the tokens that the model wrote, with their log probabilities', async () => {
    const [row] = await stumbling.rows('verifiers');
    const traces = dataOf<{ traces: { nodes: Node[]; rewards: Rewards }[] }>(row).traces;
    const nodes = traces.flatMap((trace) => trace.nodes);
    const written = callsOf(stumbling).reduce((sum, { tokens }) => sum + (tokens?.completion.length ?? 0), 0);
    const masked = nodes.flatMap(({ mask }) => mask).filter(Boolean).length;
    expect(masked).toBe(written);
    for (const { mask, token_ids, logprobs } of nodes) {
      expect(mask).toHaveLength(token_ids.length);
      expect(logprobs).toHaveLength(mask.filter(Boolean).length);
    }
    for (const [seat, { rewards }] of traces.entries()) {
      const sum = Object.values(rewards).reduce((total, { score, weight }) => total + score * weight, 0);
      expect(sum).toBeCloseTo(stumbling.episode.record.end.returns?.[seat] ?? Number.NaN, 12);
    }
  });

  it('leaves cached tokens out of those of the prompt, and keeps arguments as they were written', async () => {
    const [row] = await tools.rows('verifiers');
    const [trace] = dataOf<{ traces: { calls: { usage: JsonObject }[]; nodes: Node[]; tools: object[] }[] }>(
      row,
    ).traces;
    const [call] = callsOf(tools);
    expect(trace?.calls[0]?.usage.prompt_tokens).toBe(promptIds(call?.messages ?? []).length - 3);
    expect(trace?.nodes[2]?.message.tool_calls).toEqual([
      { id: 'call_0', name: 'calculator', arguments: '{"expr":"2 + 2"}' },
    ]);
    expect(trace?.tools).toHaveLength(2);
  });
});

type Node = { mask: boolean[]; token_ids: number[]; logprobs: number[]; message: JsonObject };
type Rewards = { [part: string]: { score: number; weight: number } };
type Flagged = { messages: readonly (Message & { train: boolean })[] };

describe('axolotl', () => {
  it.each([
    ['full memory', smooth],
    ['tries that failed', stumbling],
    ['no memory', fresh],
    ['candidates', choosing],
  ])('trains each answer once and nothing else: %s', async (_, of) => {
    const rows = await of.rows('axolotl');
    const lines = rows.flatMap(({ data }) => (data as unknown as Flagged).messages);
    const trained = lines.filter(({ train }) => train);
    const answers = of.episode.turns.map(({ decided }) => decided.reply?.text ?? '');
    expect(trained.map(({ content }) => content).sort()).toEqual([...answers].sort());
    expect(trained.every(({ role }) => role === 'assistant')).toBe(true);
  });

  it('writes the prompts of its answers as they were sent', async () => {
    for (const { data, turns } of await stumbling.rows('axolotl')) {
      const lines = (data as unknown as Flagged).messages.map(({ train: _, ...message }) => message);
      for (const { prompt } of turns) expect(lines.slice(0, prompt.length)).toEqual(prompt);
    }
  });
});

describe.each(['sharegpt', 'verl-sft'])('%s, which trains every answer of a row', (id) => {
  it('has one row a seat where all hangs together, and refuses those with tries that failed', async () => {
    expect(await smooth.rows(id)).toHaveLength(2);
    expect(smooth.refused).toEqual([]);
    const before = stumbling.refused.length;
    expect(await stumbling.rows(id)).toHaveLength(0);
    expect(stumbling.refused.length - before).toBe(2);
  });

  it('has a row a turn where nothing is remembered', async () => {
    expect(await fresh.rows(id)).toHaveLength(fresh.episode.turns.length);
  });
});

describe('sharegpt', () => {
  it('keeps the two rules by which LLaMA-Factory would skip a row', async () => {
    for (const { data } of [...(await smooth.rows('sharegpt')), ...(await tools.rows('sharegpt'))]) {
      const parts = data.conversations as readonly { from: string }[];
      expect(parts.length % 2).toBe(0);
      const right = parts.every(({ from }, at) =>
        (at % 2 === 0 ? ['human', 'observation'] : ['gpt', 'function_call']).includes(from),
      );
      expect(right).toBe(true);
    }
  });

  it('writes a tool call as one JSON text and its result as an observation, and names its file', async () => {
    const [row] = await tools.rows('sharegpt');
    expect(dataOf<{ conversations: object[] }>(row).conversations.slice(1, 3)).toEqual([
      { from: 'function_call', value: '{"name":"calculator","arguments":{"expr":"2 + 2"}}' },
      { from: 'observation', value: '4' },
    ]);
    expect(JSON.parse(dataOf<{ tools: string }>(row).tools)[0].name).toBe('calculator');
    const { beside } = await format('sharegpt');
    expect(beside?.(['train.jsonl'])).toMatchObject({
      'dataset_info.json': { ludus_train: { file_name: 'train.jsonl' } },
    });
  });
});

describe('verl', () => {
  it('refuses tool calls in words, unless they are written out, and has them as strings in verl-sft-tools', async () => {
    expect(await tools.rows('verl-sft')).toEqual([]);
    expect(tools.refused.at(-1)).toContain('--flatten-tools');
    expect(await tools.rows('verl-sft', { flattenTools: true })).toHaveLength(1);
    const [row] = await tools.rows('verl-sft-tools');
    const { messages } = dataOf<{ messages: JsonObject[] }>(row);
    expect(messages[2]?.tool_calls).toEqual([
      { id: 'call_0', type: 'function', function: { name: 'calculator', arguments: '{"expr":"2 + 2"}' } },
    ]);
    expect(typeof row?.data.tools).toBe('string');
  });

  it('has a prompt a turn for reinforcement learning, with what a reward function needs as JSON in a string', async () => {
    const rows = await smooth.rows('verl-rl');
    expect(rows).toHaveLength(smooth.episode.turns.length);
    for (const [at, { data }] of rows.entries()) {
      const turn = smooth.episode.turns[at];
      expect(data.prompt).toEqual(turn?.prompt);
      const truth = JSON.parse((data.reward_model as JsonObject).ground_truth as string);
      expect(truth).toMatchObject({ played: turn?.decided.move, return_to_go: turn?.returnToGo });
    }
    expect(new Set(rows.map(({ data }) => (data.extra_info as JsonObject).index)).size).toBe(rows.length);
  });
});

describe('atif', () => {
  it('numbers steps without gaps, one trajectory a seat under one session', async () => {
    const rows = (await stumbling.rows('atif')).map(({ data }) => data as unknown as Trajectory);
    expect(rows.map(({ trajectory_id }) => trajectory_id)).toEqual(
      [0, 1].map((seat) => `${stumbling.episode.record.id}-${seat}`),
    );
    expect(new Set(rows.map(({ session_id }) => session_id)).size).toBe(1);
    for (const { steps } of rows) {
      expect(steps.map(({ step_id }) => step_id)).toEqual(steps.map((_, at) => at + 1));
      for (const { source, metrics } of steps) expect(metrics === undefined).toBe(source !== 'agent');
    }
  });

  it('sets results under the calls they answer, with arguments as objects', async () => {
    const [row] = await tools.rows('atif');
    const agent = dataOf<Trajectory>(row).steps.find(({ source }) => source === 'agent');
    expect(agent).toMatchObject({
      tool_calls: [{ tool_call_id: 'call_0', function_name: 'calculator', arguments: { expr: '2 + 2' } }],
      observation: { results: [{ source_call_id: 'call_0', content: '4' }] },
      timestamp: expect.stringMatching(/^2026-01-01T00:00:/),
    });
  });

  it('marks what is sent again, so that nobody trains on it twice', async () => {
    const rows = (await fresh.rows('atif')).map(({ data }) => data as unknown as Trajectory);
    for (const { steps } of rows) {
      expect(steps.filter(({ source }) => source === 'system').length).toBe(1);
      expect(steps.filter(({ source, is_copied_context }) => source === 'agent' && is_copied_context === true)).toEqual(
        [],
      );
    }
  });
});

interface Trajectory {
  readonly session_id: string;
  readonly trajectory_id: string;
  readonly steps: readonly { step_id: number; source: string; metrics?: object; is_copied_context?: boolean }[];
}

it('seats of which no model spoke are rendered from their own observations', async () => {
  const silent = exported(
    await spokenRecord(kuhn, [() => ({ manifest: { agent: 'bold' }, act: () => ({ move: 'bet' }) }), speaker(FULL)], 7),
    kuhn,
  );
  const rows = await silent.rows('sharegpt');
  const [human] = (rows[0]?.data.conversations ?? []) as readonly { from: string; value: string }[];
  expect(human?.value).toContain('You are player_0.');
  const [trajectory] = (await silent.rows('atif')).map(({ data }) => data as unknown as Trajectory);
  expect(trajectory?.steps.at(-1)).toMatchObject({
    source: 'agent',
    llm_call_count: 0,
    message: '<answer>bet</answer>',
  });
});
