import { describe, expect, it } from 'vitest';
import { type Demand, Gate } from './gate.js';
import { playWaiting } from './waiting.js';

const of = (needs: { [pool: string]: number }): Demand => new Map(Object.entries(needs));
const limits = (pools: { [pool: string]: number }) => new Map(Object.entries(pools));

describe('the gate', () => {
  it('counts agents, not games', () => {
    const gate = new Gate(limits({ x: 8 }));
    const game = of({ x: 7 });
    expect(gate.admit([game])).toBe(0);
    expect(gate.admit([game])).toBe(-1);
    gate.leave(game);
    expect(gate.admit([game])).toBe(0);
  });

  it('lets a game of another pool pass one that waits, and none of the same', () => {
    const gate = new Gate(limits({ x: 2, y: 2 }));
    expect(gate.admit([of({ x: 1 })])).toBe(0);
    const queue = [of({ x: 2, y: 1 }), of({ x: 1 }), of({ y: 1 })];
    expect(gate.admit(queue)).toBe(-1);
    expect(gate.admit([of({ x: 2 }), of({ x: 1 }), of({ y: 1 })])).toBe(2);
  });

  it('lets in a game that needs more than its pool ever takes when it is alone', () => {
    const gate = new Gate(limits({ x: 2 }));
    expect(gate.admit([of({ x: 7 })])).toBe(0);
    expect(gate.admit([of({ x: 1 })])).toBe(-1);
    gate.leave(of({ x: 7 }));
    expect(gate.admit([of({ x: 1 })])).toBe(0);
  });
});

describe('games that wait', () => {
  /** Plays games that each take some turns of the event loop, and gives the most agents of each pool at once. */
  async function most(games: readonly Demand[], pools: { [pool: string]: number }, atOnce: number) {
    const inside = new Map<string, number>();
    const highest: { [pool: string]: number } = {};
    let played = 0;
    const move = (demand: Demand, sign: number) => {
      for (const [pool, need] of demand) {
        inside.set(pool, (inside.get(pool) ?? 0) + sign * need);
        highest[pool] = Math.max(highest[pool] ?? 0, inside.get(pool) ?? 0);
      }
    };
    const play = async (demand: Demand) => {
      move(demand, 1);
      for (let turn = 0; turn < 1 + (played % 5); turn++) await new Promise(setImmediate);
      played++;
      move(demand, -1);
    };
    const options = { pools: limits(pools), most: atOnce, signal: new AbortController().signal };
    await playWaiting(games, (demand) => demand, play, options);
    return { played, highest };
  }

  it('fill their pools and never overfill them', async () => {
    const games = Array.from({ length: 60 }, (_, at) =>
      of(at % 3 === 0 ? { x: 3, y: 1 } : { [at % 2 ? 'x' : 'y']: 2 }),
    );
    const { played, highest } = await most(games, { x: 5, y: 3 }, 100);
    expect({ played, highest }).toEqual({ played: 60, highest: { x: 5, y: 3 } });
  });

  it('are no more at once than allowed', async () => {
    const { highest } = await most(
      Array.from({ length: 20 }, () => of({ x: 1 })),
      { x: 100 },
      6,
    );
    expect(highest).toEqual({ x: 6 });
  });

  it('let nothing more in after an error, and give the error when those inside have ended', async () => {
    let ended = 0;
    const play = async (at: number) => {
      await new Promise(setImmediate);
      if (at === 2) throw new Error('planted');
      await new Promise(setImmediate);
      ended++;
    };
    const options = { pools: limits({ x: 4 }), most: 4, signal: new AbortController().signal };
    const games = Array.from({ length: 50 }, (_, at) => at);
    await expect(playWaiting(games, () => of({ x: 1 }), play, options)).rejects.toThrow('planted');
    expect(ended).toBeLessThan(8);
  });

  it('end at once when they were stopped before', async () => {
    const options = { pools: limits({}), most: 4, signal: AbortSignal.abort() };
    await playWaiting(
      [1, 2],
      () => of({}),
      () => Promise.reject(new Error('played')),
      options,
    );
  });
});
