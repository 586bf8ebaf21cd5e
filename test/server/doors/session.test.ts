import { describe, expect, it } from 'vitest';
import scripted from '../../../agents/scripted.js';
import { parseRecord } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { verify } from '../../../replays/verify.js';
import { Catalogue } from '../../../src/core/catalogue.js';
import { readConfig } from '../../../src/core/config.js';
import { Episode } from '../../../src/core/episode.js';
import { movesOf } from '../../../src/core/play.js';
import { stream } from '../../../src/core/rng.js';
import { sample } from '../../../src/core/space.js';
import type { Look } from '../../../src/server/doors/seat.js';
import type { Session } from '../../../src/server/doors/session.js';
import { Sessions } from '../../../src/server/doors/sessions.js';
import { planOf } from '../../../src/server/doors/start.js';

const catalogue = new Catalogue();
const agents = new Map([['sensible', { name: 'sensible', title: 'sensible', factory: await scripted.open('') }]]);

function sessions(most = 10, clock = () => 0): Sessions {
  return new Sessions('test', { most, idleMs: 1000, clock, problem: (error) => expect.fail(String(error)) });
}

async function opened(id: string, args: object = {}): Promise<Session> {
  const environment = await catalogue.environment(id);
  return sessions().open(planOf({ environment, agents }, { seed: 3, ...args }));
}

/** Plays a seat at random to the end. Gives all it saw. */
async function played(session: Session, at: number): Promise<Look[]> {
  const seat = session.seat(at);
  const rng = stream('door', String(at));
  for (const looks: Look[] = []; ; ) {
    const look = await seat.look();
    looks.push(look);
    if (look.request === null) return looks;
    seat.answer({ move: sample(session.plan.environment.spec, look.request.space, rng) });
  }
}

describe('a session', () => {
  it.each(['tic-tac-toe', 'kuhn-poker', 'werewolf', 'calculator', 'rpsls'])(
    'of %s is played to its end and verifies',
    async (id) => {
      const session = await opened(id);
      const looks = await played(session, 0);
      const ending = await session.ended;
      expect(looks.at(-1)?.result?.how).toBe(ending?.how);
      const sum = looks.reduce((total, { reward }) => total + reward, 0);
      expect(sum).toBeCloseTo(ending?.returns?.[0] ?? Number.NaN, 10);
      expect(verify(recordOf(session), session.plan.environment)).toBeNull();
    },
  );

  it('tells a seat every event once, whichever move brought it', async () => {
    const session = await opened('werewolf', { seat: 2 });
    const looks = await played(session, 2);
    const episode = new Episode(session.plan.environment, session.plan.config);
    for (const step of recordOf(session).steps) episode.apply(movesOf(step));
    expect(looks.flatMap(({ events }) => events)).toEqual(episode.heard(2).events);
  });

  it('asks again with the reason of a refusal, and shows the same however often it is looked at', async () => {
    const session = await opened('tic-tac-toe');
    const seat = session.seat(0);
    const first = await seat.look();
    expect(await seat.look()).toBe(first);
    seat.answer({ reply: { text: 'the middle' } });
    const second = await seat.look();
    expect(second.request?.attempt).toBe(2);
    expect(second.request?.refused?.text).toContain('the middle');
    await session.close();
    expect((await seat.look()).result).toMatchObject({ how: 'cancelled', returns: null });
    expect(() => seat.answer({ move: 'b2' })).toThrow('it is over');
  });

  it('is the same game under the same seed, and another under another', async () => {
    const shown = async (seed: number) => (await (await opened('kuhn-poker', { seed })).seat(0).look()).request?.text;
    const texts = await Promise.all([1, 1, 2, 3, 4, 5, 6].map(shown));
    expect(texts[0]).toBe(texts[1]);
    expect(new Set(texts).size).toBeGreaterThan(1);
  });

  it('is played by clients alone where every seat is theirs', async () => {
    const environment = await catalogue.environment('kuhn-poker');
    const session = sessions().open({
      environment,
      config: readConfig(environment.spec),
      seed: 1,
      seats: [null, null],
    });
    const [first, second] = await Promise.all([played(session, 0), played(session, 1)]);
    const total = (looks: readonly Look[]) => looks.reduce((sum, { reward }) => sum + reward, 0);
    expect(total(first)).toBe(-total(second));
    expect(recordOf(session).seats).toEqual([
      { agent: 'client', door: 'test' },
      { agent: 'client', door: 'test' },
    ]);
  });
});

describe('the plan of a session', () => {
  const wrong: readonly [object, string][] = [
    [{ seat: 2 }, 'there is no seat 2; the seats are 0 to 1'],
    [{ opponents: 'sensibel' }, 'there is no agent "sensibel" here; did you mean sensible?'],
    [{ opponents: ['sensible', 'sensible'] }, '"opponents" names 2 agents; 1 other seats are to be filled'],
    [{ task: 0 }, 'kuhn-poker has no numbered tasks'],
    [{ preset: 'big' }, 'kuhn-poker has no preset "big"'],
  ];
  it.each(wrong)('refuses %j', async (args, reason) => {
    await expect(opened('kuhn-poker', args)).rejects.toThrow(reason);
  });
});

describe('the sessions of a door', () => {
  it('are no more than may be, and those that nobody uses make room', async () => {
    let now = 0;
    const open = sessions(1, () => now);
    const environment = await catalogue.environment('tic-tac-toe');
    const plan = planOf({ environment, agents }, {});
    const first = open.open(plan);
    now = 999;
    expect(() => open.open(plan)).toThrow('there are 1 open sessions');
    now = 1000;
    const second = open.open(plan);
    expect([open.get(first.id), open.get(second.id)]).toEqual([undefined, second]);
    expect((await first.ended)?.how).toBe('cancelled');
    expect(await open.close(second.id)).toBe(true);
    expect(await open.close(second.id)).toBe(false);
  });
});

function recordOf(session: Session): EpisodeRecord {
  const read = parseRecord(session.record ?? '');
  if ('problem' in read) throw new Error(read.problem);
  return read.record;
}
