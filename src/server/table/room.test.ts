import { describe, expect, test } from 'vitest';
import { parseRecord } from '../../../replays/read.js';
import { verify } from '../../../replays/verify.js';
import { Catalogue } from '../../core/catalogue.js';
import { readConfig } from '../../core/config.js';
import type { Move } from '../../core/space.js';
import type { Occupant } from './chair.js';
import type { Looker, Patch } from './eye.js';
import { Memory } from './keeper.js';
import { Room } from './room.js';

const catalogue = new Catalogue();
const person = (name: string): Occupant => ({ kind: 'person', manifest: { agent: 'human', person: name } });

const SEATING = { occupants: [person('a'), person('b')], specs: ['human', 'human'], started: '2026-01-01T00:00:00Z' };

async function open(id: string, seed = 'seed') {
  const environment = await catalogue.environment(id);
  const config = readConfig(environment.spec);
  const keeper = new Memory();
  const sent: { looker: Looker; patch: Patch }[] = [];
  const ended: (string | null)[] = [];
  const audience = {
    patch: (looker: Looker, patch: Patch) => void sent.push({ looker, patch }),
    ended: (record: string | null) => void ended.push(record),
  };
  const room = new Room({ origin: { environment, config, seed }, rules: {} }, keeper, audience);
  return { environment, room, keeper, sent, ended };
}

describe('a room', () => {
  test('plays a game by people from its first move to its record', async () => {
    const { room, keeper, ended, environment } = await open('tic-tac-toe');
    const running = room.start(SEATING);
    await settled();
    for (let turn = 0; room.over === null; turn++) {
      const seat = turn % 2;
      const { asked, tick } = room.state(seat).G;
      const space = asked?.space;
      if (space?.kind !== 'choice') throw new Error('a choice is asked');
      expect(await room.act(seat, tick, space.options[0]?.id as Move)).toMatchObject({ ok: true });
      await settled();
    }
    await running;
    expect(room.state('public').G.over?.outcome).toBe(room.state(0).G.over?.outcome);
    expect(ended).toEqual([room.over?.record]);
    const read = parseRecord(keeper.record as string);
    if ('problem' in read) throw new Error(read.problem);
    expect(verify(read.record, environment)).toBeNull();
  });

  test('refuses what is out of turn, stale, illegal or too late, and changes nothing', async () => {
    const { room, sent } = await open('tic-tac-toe');
    expect(room.act(0, 0, 'x')).toMatchObject({ error: 'not your turn', text: 'the game has not begun' });
    void room.start(SEATING);
    await settled();
    const { tick } = room.state(0).G;
    const before = sent.length;
    expect(room.act(1, room.state(1).G.tick, 'a1')).toMatchObject({ error: 'not your turn' });
    expect(room.act(0, tick + 1, 'a1')).toMatchObject({ error: 'stale' });
    expect(room.act(0, tick - 1, 'a1')).toMatchObject({ error: 'stale' });
    expect(room.act(0, tick, 'nowhere')).toMatchObject({ error: 'invalid move' });
    expect(sent).toHaveLength(before);
  });
});

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
