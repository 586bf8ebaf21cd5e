import { expect, test } from 'vitest';
import kuhn from '../../../envs/kuhn-poker/index.js';
import ticTacToe from '../../../envs/tic-tac-toe/index.js';
import { parseRecord } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { verify } from '../../../replays/verify.js';
import { UserError } from '../../../src/core/errors.js';
import { MOST_SAID } from '../../../src/server/matches/chat.js';
import type { MatchStore } from '../../../src/server/matches/store.js';
import type { ChatLine } from '../../../src/server/wire/wire.js';
import { hallOn, play, seated, turnOver } from './playing.js';

/** Somewhere empty where matches can be kept. */
export interface Place {
  open(): Promise<MatchStore>;
  /** Record lines that lie open, or apart. */
  records(which: 'open' | 'private'): Promise<string[]>;
  /** How much is kept of what was said, in files or lines. */
  said(): Promise<number>;
}

/** What every store does that outlives a process. */
export function storeContract(place: () => Promise<Place>): void {
  test('a finished match is an ordinary record, apart where its people did not consent, and its journal is gone', async () => {
    const at = await place();
    const hall = hallOn(await at.open());
    const ids = [await seated(hall, ticTacToe), await seated(hall, kuhn, false)];
    for (const id of ids) await play(hall, id);
    const overs = ids.map((id) => hall.match(id).over);
    await hall.close();
    const [open, apart] = [parsed(await at.records('open')), parsed(await at.records('private'))];
    expect(open).toMatchObject([{ id: overs[0]?.record, consent: [true, true] }]);
    expect(apart).toMatchObject([{ id: overs[1]?.record, consent: [false, false] }]);
    expect(verify(open[0] as EpisodeRecord, ticTacToe)).toBeNull();
    expect(JSON.stringify([open, apart])).not.toContain('"p0"');
    const again = await at.open();
    const stored = await again.load();
    expect(stored.map(({ card, unfinished }) => [card.id, card.over, unfinished]).sort()).toEqual(
      ids.map((id, index) => [id, overs[index], null]).sort(),
    );
    expect(parsed([(await again.record(ids[1] as string)) ?? ''])).toEqual(apart);
    expect(await again.record('none')).toBeNull();
    await again.close();
  });

  test('a game goes on in another process where it was, and ends in one record', async () => {
    const at = await place();
    const before = hallOn(await at.open());
    const id = await seated(before, ticTacToe);
    await play(before, id, 3);
    const view = before.state(id, 0).G;
    await before.close();
    for (const life of [1, 2]) {
      const after = hallOn(await at.open());
      expect(await after.resume()).toBe(1);
      await turnOver();
      const { events, moves, view: seen, tick } = after.state(id, 0).G;
      if (life === 1)
        expect({ events, moves, seen }).toEqual({ events: view.events, moves: view.moves, seen: view.view });
      expect(tick).toBeGreaterThan(view.tick);
      await play(after, id, life === 1 ? 2 : Number.POSITIVE_INFINITY);
      await after.close();
    }
    const records = parsed(await at.records('open'));
    expect(records).toHaveLength(1);
    expect(records[0]?.steps).toHaveLength(7);
    expect(verify(records[0] as EpisodeRecord, ticTacToe)).toBeNull();
  });

  test('a match of another version of its game is kept as it is, and said so', async () => {
    const at = await place();
    const hall = hallOn(await at.open());
    const id = await seated(hall, ticTacToe);
    await play(hall, id, 2);
    await hall.close();
    const store = await at.open();
    const before = await store.load();
    await store.close();
    const newer = { ...ticTacToe, spec: { ...ticTacToe.spec, version: '99' } };
    const later = hallOn(await at.open(), [newer]);
    expect(await later.resume()).toBe(0);
    expect(later.kept.get(id)).toBe(
      `it was begun with tic-tac-toe ${ticTacToe.spec.version}, and here is tic-tac-toe 99`,
    );
    await later.close();
    const again = await at.open();
    expect(await again.load()).toEqual(before);
    await again.close();
    const right = hallOn(await at.open());
    expect(await right.resume()).toBe(1);
    await right.close();
  });

  test('what is let go of is gone, and its record stays', async () => {
    const at = await place();
    const hall = hallOn(await at.open());
    const [played, playing] = [await seated(hall, kuhn), await seated(hall, ticTacToe)];
    await play(hall, played);
    await play(hall, playing, 2);
    await hall.forget(played);
    await hall.forget(playing);
    await hall.close();
    const again = await at.open();
    expect(await again.load()).toEqual([]);
    await again.close();
    expect(await at.records('open')).toHaveLength(1);
  });

  test('what was said at a table is there in another process, the last of it, until the match is let go of', async () => {
    const at = await place();
    const store = await at.open();
    const hall = hallOn(store);
    const [talked, silent] = [await seated(hall, ticTacToe), await seated(hall, ticTacToe)];
    await hall.say(talked, line(0));
    for (let n = 1; n < 3 * MOST_SAID; n++) await store.say(talked, line(n));
    await hall.close();
    const after = hallOn(await at.open());
    await after.resume();
    const last = Array.from({ length: MOST_SAID }, (_, n) => line(2 * MOST_SAID + n));
    expect(after.said(talked)).toEqual(last);
    expect(after.said(silent)).toEqual([]);
    await after.say(talked, line(3 * MOST_SAID));
    await after.close();
    const again = hallOn(await at.open());
    await again.resume();
    expect(again.said(talked)).toEqual([...last.slice(1), line(3 * MOST_SAID)]);
    await again.forget(talked);
    await again.close();
    const later = await at.open();
    expect((await later.load()).map(({ card, chat }) => [card.id, chat])).toEqual([[silent, undefined]]);
    expect(await at.said()).toBe(0);
    await later.close();
  });

  test('it belongs to one server', async () => {
    const at = await place();
    const store = await at.open();
    const refused = await at.open().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect(String(refused)).toContain('is in use by another server: stop that one');
    await store.close();
    await (await at.open()).close();
  });
}

function line(n: number): ChatLine {
  return { id: `${n}`, sender: '0', payload: `line ${n}` };
}

function parsed(lines: readonly string[]): EpisodeRecord[] {
  return lines.map((line) => {
    const read = parseRecord(line);
    if ('problem' in read) throw new Error(read.problem);
    return read.record;
  });
}
