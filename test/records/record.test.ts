import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { forkTable } from '../../replays/fork.js';
import { Journal, readJournal } from '../../replays/journal.js';
import { parseRecord, readRecord, readRecords } from '../../replays/read.js';
import { type EpisodeRecord, recordSchema } from '../../replays/schema.js';
import { playRecorded, resumeTable, runRecorded } from '../../replays/session.js';
import { Shard } from '../../replays/shard.js';
import { verify } from '../../replays/verify.js';
import {
  type Agent,
  type AgentFactory,
  Catalogue,
  type Environment,
  type Message,
  readConfig,
  type Table,
} from '../../src/index.js';

const catalogue = new Catalogue();
const environments = await catalogue.all();
const random = await catalogue.agent('random');

function tableOf(environment: Environment, seed: string, make: AgentFactory = random): Table {
  const config = readConfig(environment.spec);
  return {
    environment,
    config,
    seed,
    agents: Array.from({ length: environment.spec.facts(config).seats }, () => make),
  };
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'ludus-'));
}

async function finish(playing: AsyncGenerator<unknown, EpisodeRecord>): Promise<EpisodeRecord> {
  for (;;) {
    const { done, value } = await playing.next();
    if (done === true) return value as EpisodeRecord;
  }
}

async function record(table: Table, file = join(folder(), 'a.jsonl')): Promise<EpisodeRecord> {
  return finish(playRecorded({ table, specs: table.agents.map(() => 'random'), file }));
}

/** A journal that keeps what a killed process would have left behind after each step. */
class Snapshots extends Journal {
  constructor(
    readonly shard: Shard,
    readonly kept: string[],
  ) {
    super(shard);
  }

  override step(...args: Parameters<Journal['step']>): void {
    super.step(...args);
    this.kept.push(readFileSync(this.shard.file, 'utf8'));
  }
}

describe.each(environments)('records of $spec.id', (environment) => {
  it('replay exactly, and twice the same seed is twice the same line', async () => {
    const one = await record(tableOf(environment, '11'));
    const two = await record(tableOf(environment, '11'));
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    expect(verify(one, environment)).toBeNull();
    expect((await record(tableOf(environment, '12'))).id).not.toBe(one.id);
  });

  it('go on from any step and end as if never stopped', async () => {
    const table = tableOf(environment, '5');
    const journal = new Shard(join(folder(), 'whole.journal'));
    const snapshots: string[] = [];
    const { line } = await runRecorded({ table, specs: [] }, new Snapshots(journal, snapshots));
    expect(snapshots.length).toBeGreaterThan(0);
    const stride = Math.max(1, Math.floor(snapshots.length / 8));
    for (let at = 0; at < snapshots.length; at += stride) {
      const file = join(folder(), 'cut.journal');
      writeFileSync(file, `${snapshots[at]}{"step":{"torn`);
      const unfinished = readJournal(file);
      if (unfinished === null) throw new Error('the journal lost its episode');
      const resumed = resumeTable(unfinished, environment, table.agents);
      const again = new Journal(new Shard(join(folder(), 'again.journal')));
      expect((await runRecorded({ table: resumed, specs: [] }, again)).line).toBe(line);
    }
  });

  it('fork at any step into records that verify', async () => {
    const parent = await record(tableOf(environment, '3'));
    for (const at of [0, Math.floor(parent.steps.length / 2), parent.steps.length - 1]) {
      const agents = parent.seats.map(() => random);
      const { table, parent: origin } = forkTable(parent, environment, { at, agents });
      const fork = await finish(playRecorded({ table, specs: [], file: join(folder(), 'f.jsonl'), parent: origin }));
      expect(fork.parent).toEqual({ id: parent.id, step: at });
      expect(JSON.stringify(fork.steps.slice(0, at))).toBe(JSON.stringify(parent.steps.slice(0, at)));
      expect(verify(fork, environment)).toBeNull();
    }
  });
});

const kuhn = await catalogue.environment('kuhn-poker');

describe('verify names the first divergence', async () => {
  const sound = await record(tableOf(kuhn, '21'));
  const change = (edit: (copy: EpisodeRecord) => void): EpisodeRecord => {
    const copy = structuredClone(sound);
    edit(copy);
    return copy;
  };
  const card = sound.steps[0]?.chance as string;
  it.each<[string, (copy: EpisodeRecord) => void, number | null, string]>([
    [
      'another version',
      (copy) => {
        copy.environment.version = '0.9.0';
      },
      null,
      'environment version',
    ],
    [
      'another configuration',
      (copy) => {
        copy.environment.config = { players: 7 };
      },
      null,
      'configuration',
    ],
    [
      'another start',
      (copy) => {
        copy.start = '0';
      },
      null,
      'state at the start',
    ],
    [
      'loaded dice',
      (copy) => {
        copy.steps[0] = { ...copy.steps[0]!, chance: card === 'J' ? 'Q' : 'J' };
      },
      0,
      'outcome of chance',
    ],
    [
      'a changed state',
      (copy) => {
        copy.steps[2] = { ...copy.steps[2]!, hash: '0' };
      },
      2,
      'state',
    ],
    [
      'a move that was not offered',
      (copy) => {
        copy.steps[2] = { ...copy.steps[2]!, seats: { 0: { move: 'fold' } } };
      },
      2,
      'moves',
    ],
    [
      'a step too few',
      (copy) => {
        copy.steps.pop();
      },
      null,
      'how it ended',
    ],
    [
      'changed rewards',
      (copy) => {
        copy.steps.at(-1)!.rewards = { 0: { chips: 9 } };
      },
      sound.steps.length - 1,
      'rewards',
    ],
    [
      'a changed outcome',
      (copy) => {
        copy.end.outcome = 'something else';
      },
      null,
      'outcome',
    ],
    [
      'changed returns',
      (copy) => {
        copy.end.returns = [5, -5];
      },
      null,
      'returns',
    ],
    [
      'changed parts',
      (copy) => {
        copy.end.paid = [{ chips: 5 }, { chips: -5 }];
      },
      null,
      'reward parts',
    ],
    [
      'another agent',
      (copy) => {
        copy.seats[0] = { agent: 'scripted' };
      },
      null,
      'id',
    ],
  ])('%s', (_name, edit, step, what) => {
    expect(verify(change(edit), kuhn)).toMatchObject({ step, what });
  });
});

describe('reading', () => {
  it('reports a torn last line, a bad line and a newer format where they stand, and reads the rest', async () => {
    const file = join(folder(), 'mixed.jsonl');
    const line = JSON.stringify(await record(tableOf(kuhn, '1')));
    writeFileSync(
      file,
      [line, 'nonsense', line.replace('"ludus":1', '"ludus":2'), '{"ludus":1}', line, line.slice(0, 80)].join('\n'),
    );
    const read = [];
    for await (const item of readRecords(file))
      read.push('record' in item ? 'record' : `${item.line}: ${item.problem}`);
    expect(read).toEqual([
      'record',
      expect.stringMatching(/^2: not JSON/),
      expect.stringMatching(/^3: written in record format 2; this version reads up to 1/),
      expect.stringMatching(/^4: not a record: id: /),
      'record',
      expect.stringMatching(/^6: the last line is torn/),
    ]);
  });

  it('cuts a torn last line off before appending, so that nothing is glued to it', async () => {
    const file = join(folder(), 'torn.jsonl');
    const line = `${JSON.stringify(await record(tableOf(kuhn, '1')))}\n`;
    writeFileSync(file, line + line.slice(0, 100));
    const shard = new Shard(file);
    expect(shard.torn).toBe(100);
    shard.append(line);
    shard.close();
    expect(readFileSync(file, 'utf8')).toBe(line + line);
  });

  it('refuses a record of another environment version when forking', async () => {
    const old = {
      ...(await record(tableOf(kuhn, '1'))),
      environment: { id: 'kuhn-poker', version: '0.1.0', config: {} },
    };
    expect(() => forkTable(old, kuhn, { at: 0, agents: [random, random] })).toThrow(
      /made by kuhn-poker 0\.1\.0, here is kuhn-poker/,
    );
  });

  it('finds one record among several by the start of its id', async () => {
    const file = join(folder(), 'two.jsonl');
    const a = await record(tableOf(kuhn, '1'), file);
    const b = await record(tableOf(kuhn, '2'), file);
    expect((await readRecord(file, b.id.slice(0, 8))).seed).toBe('2');
    await expect(readRecord(file)).rejects.toThrow(/holds 2 such records/);
    await expect(readRecord(file, 'zzz')).rejects.toThrow(/holds no record zzz/);
    expect(a.id).not.toBe(b.id);
  });
});

describe('model calls', () => {
  /** Sends its whole history each turn, as language models do. */
  const talker: AgentFactory = ({ rng }) => {
    const history: Message[] = [];
    const agent: Agent = {
      manifest: { agent: 'talker' },
      act({ space, text }) {
        history.push({ role: 'user', content: text });
        const move = space.kind === 'choice' ? rng.pick(space.options).id : '';
        const call = { model: 'm-1', parameters: { temperature: 1 }, messages: [...history], reply: move, usage: null };
        history.push({ role: 'assistant', content: move });
        return { move, calls: [{ ...call, tokens: { prompt: [1], completion: [2] }, logprobs: [-0.5] }] };
      },
    };
    return agent;
  };

  it('keep every message once and every call as it was sent', async () => {
    const game = await catalogue.environment('tic-tac-toe');
    const made = await record(tableOf(game, '4', talker));
    const turns = made.steps.length;
    expect(made.messages).toHaveLength(2 * turns - 2);
    const last = made.steps.at(-1)?.seats;
    const call = Object.values(last ?? {})[0]?.calls?.[0];
    expect(call?.messages.map((place) => made.messages?.[place]?.role).join(' ')).toMatch(/^user( assistant user)+$/);
    expect(call).toMatchObject({ model: 'm-1', logprobs: [-0.5], tokens: { prompt: [1], completion: [2] } });
    expect(verify(made, game)).toBeNull();
  });

  it('grow linearly with the number of steps', async () => {
    const game = await catalogue.environment('tic-tac-toe');
    const made = await record(tableOf(game, '4', talker));
    const bytes = (value: unknown) => JSON.stringify(value).length;
    const early = bytes(made.steps.slice(0, 3)) / 3;
    const late = bytes(made.steps.slice(-3)) / 3;
    expect(late).toBeLessThan(early * 1.3);
  });
});

it('the published schema is the one records are read by', () => {
  const published = fileURLToPath(new URL('../../docs/record.schema.json', import.meta.url));
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(JSON.parse(JSON.stringify(recordSchema())));
});

it('a record line is read back as it was written', async () => {
  const made = await record(tableOf(kuhn, '9'));
  const read = parseRecord(JSON.stringify(made));
  expect('record' in read && JSON.stringify(read.record)).toBe(JSON.stringify(made));
});
