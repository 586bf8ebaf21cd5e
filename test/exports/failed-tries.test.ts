import { afterAll, beforeAll, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import { type ExportedEpisode, USUAL } from '../../replays/format.js';
import { format } from '../../replays/formats.js';
import { parseRecord } from '../../replays/read.js';
import { Recorder } from '../../replays/recorder.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { turnsOf } from '../../replays/turns.js';
import { runEpisode, type Table } from '../../src/core/play.js';
import { agentOn, models } from '../llm-agents/table.js';
import { answers, type Behaviour } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';

/** Answers that could not be played become bad rows with the very prompt they answered. */
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  await models.close();
});

async function episodeOf(script: readonly Behaviour[], rules: Partial<Table> = {}): Promise<ExportedEpisode> {
  server.play(script);
  const agent = await agentOn(server, ',answers=words');
  const table = { environment: kuhn, config: { players: 2 }, seed: 7, hash: true, ...rules, agents: [agent, agent] };
  const recorder = new Recorder(table);
  let line = '';
  await runEpisode(table, (progress) => {
    if (progress.kind === 'started') recorder.begin(progress);
    else if (progress.kind === 'step') recorder.step(progress);
    else line = recorder.line(progress.ending);
  });
  const read = parseRecord(line);
  if ('problem' in read) throw new Error(read.problem);
  return episodeWith(read.record);
}

function episodeWith(record: EpisodeRecord, chosen = true): ExportedEpisode {
  const all = turnsOf(record, kuhn).filter(() => chosen);
  const seats = [0, 1].map((seat) => ({
    ...{ seat, agent: 'llm', chosen, group: '', sampleIndex: 0, return: 0, passed: null },
  }));
  const moved = ({ decided }: (typeof all)[number]) => decided.substituted === true;
  const turns = all.filter((turn) => !moved(turn));
  return { record, environment: kuhn, turns, substituted: all.filter(moved), seats, annotations: [] };
}

async function badRows(
  episode: ExportedEpisode,
  failedTries = true,
): Promise<readonly { [column: string]: unknown }[]> {
  const rows = [...(await format('trl-kto')).rows(episode, { ...USUAL, failedTries })];
  return rows.map(({ data }) => data);
}

const said = (text: string) => [{ role: 'assistant', content: text }];
const sent = () => server.received.map(({ body }) => body?.messages);

it('illegal and unparsable answers are bad rows with the prompts the server got, off unless asked for', async () => {
  const script = ['<answer>raise</answer>', '', '<answer>bet</answer>', '<answer>fold</answer>'].map((text) =>
    answers(text),
  );
  const episode = await episodeOf(script);
  const [illegal, empty] = sent();
  const rows = await badRows(episode);
  expect(rows).toEqual([
    { prompt: illegal, completion: said('<answer>raise</answer>'), label: false, source: 'failed try: illegal' },
    { prompt: empty, completion: said(''), label: false, source: 'failed try: unparsable' },
  ]);
  expect(await badRows(episode, false)).toEqual([]);
});

it('the last tries of a forfeit count too, and those of turns that the table moved in', async () => {
  const junk = Array.from({ length: 3 }, () => answers('<answer>raise</answer>'));
  const forfeited = await episodeOf(junk);
  expect(forfeited.record.end.how).toBe('forfeit');
  const rows = await badRows(forfeited);
  expect(rows.map(({ prompt, source }) => [prompt, source])).toEqual(
    sent().map((messages) => [messages, 'failed try: illegal']),
  );
  const moved = await episodeOf([...junk, ...junk, ...junk], { onFailure: 'substitute' });
  expect(moved.turns).toEqual([]);
  expect((await badRows(moved)).map(({ prompt }) => prompt)).toEqual(sent());
});

it('tries of seats that were not asked for, and those that were no answer, make no rows', async () => {
  const cut = answers({ text: '<answer>be', finish: 'length' });
  const episode = await episodeOf([cut, answers('<answer>bet</answer>'), answers('<answer>fold</answer>')]);
  expect(episode.turns[0]?.decided.tries?.[0]?.failure).toBe('truncated');
  expect(await badRows(episode)).toEqual([]);
  const junk = await episodeOf(Array.from({ length: 3 }, () => answers('<answer>raise</answer>')));
  expect(await badRows(episodeWith(junk.record, false))).toEqual([]);
});

it('a try of which the record has no call is counted, not guessed', async () => {
  const { record } = await episodeOf([
    answers('raise'),
    answers('<answer>bet</answer>'),
    answers('<answer>fold</answer>'),
  ]);
  const bare = JSON.parse(
    JSON.stringify(record, (key, value: unknown) => (key === 'calls' ? undefined : value)),
  ) as EpisodeRecord;
  const refused: string[] = [];
  const rows = await badRows({ ...episodeWith(bare), refuse: (reason) => refused.push(reason) });
  expect([rows, refused]).toEqual([[], ['a failed try of which the record has no call']]);
});
