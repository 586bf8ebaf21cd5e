import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import { type Judgement, readAnnotations } from '../../replays/annotations.js';
import { asked } from '../../replays/asked.js';
import { readRecord } from '../../replays/read.js';
import { type Finished, ludusIn } from '../command-line.js';
import { lastOf, messagesOf } from '../llm-agents/obliging.js';
import type { Asked } from '../model-server/asked.js';
import { answers, type Behaviour, fails, halves, after as later } from '../model-server/behaviours.js';
import { type ModelServer, type Script, startModelServer } from '../model-server/server.js';

/** A judge over real HTTP, by the real command line: seed 7 of Kuhn poker deals the jack, which bets, and the king, which folds. */
const RECORD = 'runs/kuhn-poker/seed-7.jsonl';
const GRADES = 'runs/kuhn-poker/seed-7.grades.jsonl';
let server: ModelServer;
let folder: string;
beforeAll(async () => {
  server = await startModelServer();
  folder = mkdtempSync(join(tmpdir(), 'ludus-judging-'));
  await ludus('match kuhn-poker --seed 7 --agents random --clock fixed --quiet');
});
beforeEach(() => rmSync(join(folder, GRADES), { force: true }));
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const KEY = 'sk-secret-of-tests';
const ludus = (line: string, running = {}): Promise<Finished> =>
  ludusIn(folder, line, { env: { COMPATIBLE_API_KEY: KEY }, ...running });
const judge = (rest = '', spec = '', running = {}): Promise<Finished> =>
  ludus(
    `grade ${RECORD} --by judge --model compatible/toy@${server.origin}/v1${spec} --concurrency 1 --json ${rest}`,
    running,
  );
const judgements = async (file = GRADES) => (await readAnnotations(join(folder, file))) as Judgement[];

const verdict = (score: number, more: object = {}): string =>
  JSON.stringify({ reason: `worth ${score}`, score, ...more });
const usage = { prompt: 100, completion: 20 };
const scored = (score: number, more: object = {}): Behaviour => answers({ text: verdict(score, more), usage });

interface Report {
  readonly judged: number;
  readonly known: number;
  readonly failed: readonly string[];
  readonly stopped?: string;
  readonly usage: object;
  readonly agents: readonly object[];
}
const read = ({ out }: Finished): Report => JSON.parse(out) as Report;

describe('a judge', () => {
  it('scores every turn, and the annotation says who, how and for how much', async () => {
    server.play([scored(0.9), scored(0.1)]);
    const report = read(await judge());
    expect(report).toMatchObject({
      judged: 2,
      known: 0,
      failed: [],
      agents: [{ agent: 'random', turns: 2, score: 0.5, good: 0.5 }],
    });
    const [bet, fold] = await judgements();
    expect(bet).toMatchObject({ kind: 'judgement', step: 2, seat: 0, score: 0.9, good: true, reason: 'worth 0.9' });
    expect(fold).toMatchObject({ step: 3, seat: 1, score: 0.1, good: false });
    expect(bet?.source).toMatchObject({ model: 'toy-served', asked: `compatible/toy@${server.origin}/v1`, prompt: 1 });
    expect(bet?.usage).toEqual({ calls: 1, promptTokens: 100, completionTokens: 20 });
    expect(readFileSync(join(folder, GRADES), 'utf8') + JSON.stringify(report)).not.toContain(KEY);
  });

  it('is asked by a schema and shown what the seat was told, and nothing that was hidden from it', async () => {
    server.play([scored(0.9), scored(0.1)]);
    await judge();
    const turns = [...asked(await readRecord(join(folder, RECORD)), kuhn)];
    expect(server.received).toHaveLength(turns.length);
    for (const [at, request] of server.received.entries()) {
      const said = lastOf(request);
      expect(said).toContain(turns[at]?.told);
      const rest = said.replace(turns[at]?.told ?? '', '');
      expect(rest).not.toMatch(/\b[JK]\b|jack|king/i);
      expect(request.body?.response_format).toMatchObject({ json_schema: { name: 'answer' } });
    }
    expect(lastOf(server.received[1] as Asked)).toContain('<answer>fold</answer>');
  });

  it('sees everything only when told so, and the annotation says that', async () => {
    server.play([scored(0.9), scored(0.1)]);
    await judge('--all-seeing --seats 1');
    const [hidden] = [...asked(await readRecord(join(folder, RECORD)), kuhn)].slice(1);
    expect(lastOf(server.received[0] as Asked)).toContain(hidden?.whole);
    expect((await judgements())[0]?.source.allSeeing).toBe(true);
  });

  it('is told under the moves by replay show, with its reason and the move it would rather see', async () => {
    const alternatives = [{ answer: 'call', reason: 'the king wins', score: 1 }];
    server.play([scored(0.9, { alternatives: [] }), scored(0.1, { reason: 'so \u001b[2Jbad', alternatives })]);
    await judge('--alternatives 1');
    const { out } = await ludus(`replay show ${RECORD}`);
    expect(out).toMatch(/player_0 bets 1\.[\s\S]*toy-served says player_0's move is a good one \(0\.9\): worth 0\.9\n/);
    expect(out).toMatch(/folds\.[\s\S]*player_1's move is not a good one \(0\.1\): so \ufffd\[2Jbad; rather call\n/);
    const other = await ludus(`replay show ${RECORD} --grades nowhere.jsonl`);
    expect(other.err).toContain('there is no annotation file nowhere.jsonl');
  });

  it('names other answers when asked, and the best of them is the better one', async () => {
    const alternatives = [{ answer: 'call', reason: 'the king wins', score: 1 }];
    server.play([scored(0.1, { alternatives })]);
    await judge('--alternatives 1 --seats 1');
    expect((await judgements())[0]).toMatchObject({
      better: 'call',
      good: false,
      alternatives: [{ move: 'call', score: 1 }],
    });
    const { code } = await ludus(`export trl-dpo ${RECORD} --out pairs.jsonl`);
    expect(code).toBe(0);
    const row = JSON.parse(readFileSync(join(folder, 'pairs.jsonl'), 'utf8')) as { [column: string]: unknown };
    expect(row).toMatchObject({
      chosen: [{ content: '<answer>call</answer>' }],
      rejected: [{ content: '<answer>fold</answer>' }],
      source: 'judgement: toy-served',
    });
    await ludus(`export trl-stepwise ${RECORD} --out steps.jsonl`);
    expect(readFileSync(join(folder, 'steps.jsonl'), 'utf8')).toContain(
      '"labels":[false],"source":"judgement: toy-served"',
    );
    await ludus(`export trl-kto ${RECORD} --labels judgement --out kto.jsonl`);
    expect(readFileSync(join(folder, 'kto.jsonl'), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('reads another rubric, and a judgement by it is another judgement', async () => {
    writeFileSync(join(folder, 'rubric.txt'), 'Reward courage.\n');
    server.play([scored(0.9), scored(0.1), scored(0.2), scored(0.3)]);
    await judge();
    expect(read(await judge('--rubric rubric.txt'))).toMatchObject({ judged: 2, known: 0 });
    expect(messagesOf(server.received[2] as Asked)[0]?.content).toContain('Reward courage.');
    expect(new Set((await judgements()).map(({ source }) => source.rubric)).size).toBe(2);
  });
});

describe('an answer that is no verdict', () => {
  const BAD: readonly [what: string, behaviour: Behaviour, said: RegExp][] = [
    ['no JSON', answers('It was fine, I think.'), /not one JSON object/],
    ['a score beyond 1', scored(7), /score/],
    ['a score in words', answers('{"reason": "r", "score": "high"}'), /score/],
    ['another field', scored(0.5, { mood: 'good' }), /mood/],
    ['an empty reply', answers(''), /JSON/],
    ['a reply that was cut off', answers({ text: '{"reason": "beca', finish: 'length' }), /length limit/],
    ['a refusal', answers({ refusal: 'I do not judge.' }), /no verdict/],
  ];

  it.each(BAD)('%s is told, asked for again in words, and paid for', async (_, behaviour, said) => {
    server.play([behaviour, answers({ text: `<answer>${verdict(0.7)}</answer>`, usage })]);
    const report = read(await judge('--seats 0'));
    expect(report).toMatchObject({ judged: 1, failed: [] });
    const [first, second] = server.received as [Asked, Asked];
    expect(first.body?.response_format).toBeDefined();
    expect(second.body?.response_format).toBeUndefined();
    expect(lastOf(second)).toMatch(said);
    expect((await judgements())[0]).toMatchObject({ score: 0.7, usage: { calls: 2 } });
  });

  it('another answer that could not be played is refused as well', async () => {
    const wrong = (answer: string) => scored(0.5, { alternatives: [{ answer, reason: 'r', score: 0.9 }] });
    server.play([
      wrong('raise'),
      answers({
        text: `<answer>${verdict(0.5, { alternatives: [{ answer: 'fold', reason: 'r', score: 1 }] })}</answer>`,
      }),
      answers(`<answer>${verdict(0.5, { alternatives: [] })}</answer>`),
    ]);
    await judge('--alternatives 2 --seats 1');
    expect(lastOf(server.received[1] as Asked)).toMatch(/answer/);
    expect(lastOf(server.received[2] as Asked)).toMatch(/is the one given/);
    expect((await judgements())[0]).toMatchObject({ score: 0.5, alternatives: [] });
  });

  it('after three there is no judgement, and the turn is counted', async () => {
    server.play([...Array.from({ length: 3 }, () => answers('no')), scored(0.4)]);
    const report = read(await judge());
    expect(report).toMatchObject({ judged: 1 });
    expect(report.failed).toHaveLength(1);
    expect(await judgements()).toHaveLength(1);
  });

  it('a server that takes no schema is asked in words', async () => {
    server.play((request) =>
      request.body?.response_format === undefined
        ? answers(`<answer>${verdict(0.6)}</answer>`)
        : fails(400, 'no response_format here'),
    );
    expect(read(await judge('--seats 0'))).toMatchObject({ judged: 1 });
  });

  it('half a JSON of the protocol is no judgement', async () => {
    server.play([halves(), scored(0.4)]);
    const report = read(await judge());
    expect([report.judged, report.failed.length]).toEqual([1, 1]);
  });
});

describe('a run that stopped', () => {
  it('goes on where it was, and pays for no turn twice', async () => {
    server.play([scored(0.9)]);
    expect(read(await judge('--limit 1'))).toMatchObject({ judged: 1, stopped: 'after 1 turns, the --limit' });
    server.play([scored(0.1)]);
    expect(read(await judge())).toMatchObject({ judged: 1, known: 1 });
    expect(read(await judge())).toMatchObject({ judged: 0, known: 2, usage: { calls: 0 } });
    expect(server.received).toHaveLength(1);
  });

  it('by kill -9 has lost no judgement, nor what other lines said', async () => {
    const slow: Script = (request) => (request.index === 0 ? scored(0.9) : later(60_000, scored(0.1)));
    server.play(slow);
    const killWhen = () =>
      existsSync(join(folder, GRADES)) && readFileSync(join(folder, GRADES), 'utf8').includes('\n');
    expect((await judge('', '', { killWhen })).code).toBe(null);
    const before = readFileSync(join(folder, GRADES), 'utf8');
    writeFileSync(join(folder, GRADES), `${before}${before.slice(0, 40)}`);
    server.play([scored(0.1)]);
    expect(read(await judge())).toMatchObject({ judged: 1, known: 1 });
    expect((await judgements()).map(({ step, score }) => [step, score])).toEqual([
      [2, 0.9],
      [3, 0.1],
    ]);
  });

  it('by its budget says so, keeps what it has, and goes on with more', async () => {
    const dear = answers({ text: verdict(0.9), usage: { prompt: 7500, completion: 20 } });
    server.play([dear, scored(0.1)]);
    const report = read(await judge('', ',maxTokens=100,budgetTokens=8000'));
    expect(report).toMatchObject({ judged: 1, stopped: expect.stringMatching(/^by the budget/) });
    expect(server.received).toHaveLength(1);
    server.play([scored(0.1)]);
    expect(read(await judge())).toMatchObject({ judged: 1, known: 1 });
  });

  it('by Ctrl-C keeps what was judged', async () => {
    const slow: Script = (request) => (request.index === 0 ? later(1100, scored(0.9)) : later(60_000, scored(0.1)));
    server.play(slow);
    const line = `grade ${RECORD} --by judge --model compatible/toy@${server.origin}/v1 --concurrency 1`;
    const { code, out } = await ludus(line, { interruptAt: 'judging: 1 of 2' });
    expect([code, out]).toEqual([0, expect.stringContaining('on request')]);
    expect(await judgements()).toHaveLength(1);
  });
});

it.each([
  ['--by judge', 'needs a model'],
  ['--by judge --model compatible/toy@http://127.0.0.1:9/v1,style=react', '"style" is for agents at a table'],
  ['--by judge --model compatible/toy@http://127.0.0.1:9/v1 --rollouts 8', '--rollouts belongs to --by rollouts'],
  ['--model x/y', '--model belongs to --by judge'],
  ['--by judge --model compatible/toy@http://127.0.0.1:9/v1 --rubric none.txt', 'there is no such file'],
])('grade %s is refused', async (options, reason) => {
  const { code, err } = await ludus(`grade ${RECORD} ${options}`);
  expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
});
