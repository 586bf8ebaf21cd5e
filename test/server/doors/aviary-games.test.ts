import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { verify } from '../../../replays/verify.js';
import { Catalogue } from '../../../src/core/catalogue.js';
import { stream } from '../../../src/core/rng.js';
import { call, calls, Driven, type SeenMessage, type Stepped, send } from './aviary-client.js';
import { type Opened, openDoors } from './opened.js';

const GAMES = ['kuhn-poker', 'werewolf', 'tic-tac-toe'];
const catalogue = new Catalogue({ environments: [], agents: [] });

let open: Opened;
beforeAll(async () => {
  open = await openDoors({ doors: ['aviary'], environments: GAMES });
});
afterAll(() => open.close());

const at = (site: string) => `${open.url}/aviary/${site}`;
const answer = (text: string) => calls(call('answer', { text }));

type Choose = (legal: readonly string[]) => string;
const first: Choose = (legal) => legal[0] as string;

/** Chooses by a name, always the same. */
function drawn(name: string): Choose {
  const rng = stream('played', name);
  return (legal) => rng.pick(legal);
}

/** A move, or words where any text is taken. */
function moveOf(message: SeenMessage | undefined, choose: Choose): string {
  const legal = message?.info?.legal_actions as string[] | null;
  return legal === null || legal === undefined ? 'I am nobody to be afraid of.' : choose(legal);
}

interface Played {
  readonly driven: Driven;
  /** What every answer was, as it was sent, with the env's own id set aside. */
  readonly bytes: readonly string[];
  readonly steps: readonly Stepped[];
}

/** Plays a game to its end. */
async function played(site: string, start: object, choose: Choose): Promise<Played> {
  const driven = await Driven.start(at(site), start);
  const begun = await driven.reset();
  const bytes = [JSON.stringify(begun)];
  const steps: Stepped[] = [];
  for (let last: SeenMessage | undefined = begun[0].at(-1); steps.at(-1)?.[2] !== true; ) {
    const stepped = await driven.step(answer(moveOf(last, choose)));
    steps.push(stepped);
    bytes.push(JSON.stringify(stepped));
    last = stepped[0].at(-1);
  }
  return { driven, bytes, steps };
}

async function recordOf(driven: Driven): Promise<EpisodeRecord> {
  return (await driven.record()) as EpisodeRecord;
}

describe('a game of more than one seat', () => {
  it.each([
    [0, 'random'],
    [1, 'scripted'],
  ])('is played at seat %i against %s to its end, by task_kwargs', async (seat, opponents) => {
    for (const seed of [1, 2, 3]) {
      const { driven, steps } = await played(
        'kuhn-poker',
        { task_kwargs: { seat, opponents, seed } },
        drawn(`${seed}`),
      );
      const record = await recordOf(driven);
      expect(verify(record, await catalogue.environment('kuhn-poker'))).toBeNull();
      expect(record.seats[seat]).toEqual({ agent: 'client', door: 'aviary' });
      expect(record.seats[1 - seat]?.agent).toBe(opponents);
      expect(steps.at(-1)?.[1]).toBe(record.end.returns?.[seat]);
    }
  });

  it('is the same whether its settings stand in the address or in task_kwargs, and by its number', async () => {
    const ways: [string, object][] = [
      ['kuhn-poker', { task_kwargs: { seat: 1, opponents: 'scripted', seed: 4 } }],
      ['kuhn-poker;seat=1;opponents=scripted', { task_kwargs: { seed: 4 } }],
      ['kuhn-poker;seat=1;opponents=scripted;seed=4', { task_idx: null }],
      ['kuhn-poker;seat=1;opponents=scripted', { task_idx: 4 }],
      ['kuhn-poker;seat=1;opponents=scripted', { task_idx: null, seed: 4 }],
    ];
    const all = await Promise.all(ways.map(async ([site, start]) => (await played(site, start, drawn('same'))).bytes));
    for (const bytes of all) expect(bytes).toEqual(all[0]);
  });

  it('says why an answer is refused, once and again, and what comes then', async () => {
    const driven = await Driven.start(at('kuhn-poker'), { task_kwargs: { seed: 1, opponents: 'random' } });
    await driven.reset();
    const [messages, ...rest] = await driven.step(answer('I raise'));
    expect(messages[0]).toMatchObject({ role: 'tool', name: 'answer', tool_call_id: 'call00001' });
    expect(messages[0]?.content).toContain('I raise');
    expect(rest).toEqual([0, false, false]);
    const twice = calls(call('answer', { text: 'check' }, 'a'), call('answer', { text: 'bet' }, 'b'));
    const [again] = await driven.step(twice);
    expect(again.map(({ role }) => role).slice(0, 2)).toEqual(['tool', 'tool']);
    expect(again.at(-1)?.content).toContain('2 times');
    const [, reward, done] = await driven.step(answer('nothing'));
    expect([reward, done]).toEqual([-2, true]);
  });

  it('takes an answer as plain content too, which a user cannot give', async () => {
    const driven = await Driven.start(at('tic-tac-toe'), { task_kwargs: { seed: 1, opponents: 'random' } });
    await driven.reset();
    const [refused] = await driven.step({ role: 'user', content: 'b2' });
    expect(refused.at(-1)?.info?.turn).toBe(0);
    const [taken] = await driven.step({ role: 'assistant', content: '<think>middle</think>b2' });
    expect(taken.at(-1)?.info?.turn).toBe(1);
  });
});

describe('what is hidden', () => {
  it('two games that a seat cannot tell apart give it the same bytes', async () => {
    const twins = new Map<string, { readonly bytes: Set<string>; readonly hidden: Set<string> }>();
    for (let seed = 0; seed < 80; seed++) {
      const { driven, bytes } = await played('kuhn-poker;opponents=random', { task_kwargs: { seed } }, first);
      const { steps } = await recordOf(driven);
      const [own, other] = steps.flatMap(({ chance }) => (chance === undefined ? [] : [String(chance)]));
      for (const [turn, text] of bytes.slice(0, -1).entries()) {
        const name = `${own}, turn ${turn}`;
        const { bytes: texts, hidden } = twins.get(name) ?? { bytes: new Set(), hidden: new Set() };
        twins.set(name, {
          bytes: texts.add(text.replace(`"seed":${seed}`, '"seed":0')),
          hidden: hidden.add(other as string),
        });
      }
    }
    for (const [name, { bytes, hidden }] of twins) expect([name, bytes.size, hidden.size]).toEqual([name, 1, 2]);
    expect(twins.size).toBeGreaterThan(3);
  });

  it('a reward that tells a secret is paid at the end and never before', async () => {
    const weights = { win: 0, survive: 0, vote: 1, votedOut: 0, elimination: 1 };
    const paid: number[] = [];
    for (const seed of [1, 2, 3, 4]) {
      const start = { task_kwargs: { seed, seat: 1, config: { weights } } };
      const { driven, steps } = await played('werewolf;opponents=random', start, drawn(`${seed}`));
      const { end } = await recordOf(driven);
      expect(steps.slice(0, -1).filter(([, reward]) => reward !== 0)).toEqual([]);
      expect(steps.at(-1)?.[1]).toBe(end.returns?.[1]);
      paid.push(steps.at(-1)?.[1] as number);
    }
    expect(paid.filter((reward) => reward !== 0).length).toBeGreaterThan(0);
  });

  it('neither a frame nor a record shows more than the seat may see', async () => {
    const driven = await Driven.start(at('kuhn-poker'), { task_kwargs: { seed: 1 } });
    await driven.reset();
    const frame = await send(`${driven.site}/envs/${driven.id}/frame`);
    expect(frame.status).toBe(200);
    expect(await send(`${driven.site}/envs/${driven.id}/record`)).toMatchObject({ status: 409 });
  });
});
