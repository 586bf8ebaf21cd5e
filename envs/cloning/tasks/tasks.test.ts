import { describe, expect, it } from 'vitest';
import { grade } from './grade.js';
import { SIZES, tasks } from './index.js';
import { KINDS, made } from './kinds.js';
import { solved } from './oracle.js';
import { Shelf } from './shelf.js';
import { type CloningTask, cloningTask } from './task.js';
import { ask, UNSURE } from './words.js';

/** Tasks of each kind: 100, or as many as EACH says; 10,000 take some minutes. */
const EACH = Number(process.env.EACH ?? 100);

/** One after the other, for ten thousand at once are too many to hold. */
function* trials(kind: string, count = EACH): Generator<CloningTask> {
  for (let index = 0; index < count; index++) yield made(kind, `trial_${kind}_${index}`, 'test');
}

function told({ question, options, materials }: CloningTask) {
  return { question, options, materials };
}

describe.each(KINDS)('%s', (kind) => {
  it('is solved by the oracle, from what the seat is told', () => {
    for (const task of trials(kind))
      expect([task.id, grade(task, solved(kind, told(task)))]).toEqual([task.id, { correct: true, share: 1 }]);
  });

  it('is a task as the schema has it, the same every time', () => {
    for (const task of trials(kind, 10)) {
      expect(cloningTask.parse(JSON.parse(JSON.stringify(task)))).toEqual(task);
      expect(made(kind, task.id, 'test')).toEqual(task);
    }
  });

  it('has five different options, or none', () => {
    for (const { options, gold } of trials(kind)) {
      expect([0, 5]).toContain(options.length);
      expect(new Set(options).size).toBe(options.length);
      if ('option' in gold) expect([options.includes(UNSURE), options[gold.option] === UNSURE]).toEqual([true, false]);
    }
  });

  it('is asked in words that hold nothing of what is right', () => {
    for (const task of trials(kind)) {
      const { gold } = task;
      const words = ask(task) + task.materials.map(({ sequence }) => sequence).join(' ');
      if ('sequences' in gold && kind !== 'digest-fragments')
        for (const one of gold.sequences) expect(words).not.toContain(one);
      const other = 'option' in gold ? { option: (gold.option + 1) % 5 } : { sequences: ['ACGT'] };
      expect(ask({ ...task, gold: other })).toBe(ask(task));
    }
  });
});

describe('the right option', () => {
  const drawn = KINDS.flatMap((kind) =>
    Array.from({ length: 100 }, (_, index) => made(kind, `place_${kind}_${index}`, 'test')),
  );
  const places = drawn.flatMap(({ gold }) => ('option' in gold ? [gold.option] : []));

  /** SEE: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209: at a level of 99.9 %, z = 3.29. */
  it.each([0, 1, 2, 3, 4])('stands in place %d as often as chance has it', (place) => {
    const [count, share, z] = [places.length, places.filter((one) => one === place).length / places.length, 3.29];
    const middle = (share + (z * z) / (2 * count)) / (1 + (z * z) / count);
    const half = (z / (1 + (z * z) / count)) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
    expect(Math.abs(0.2 - middle)).toBeLessThan(half);
  });

  it('is no more often the lowest number than any other rank', () => {
    const ranks = drawn.flatMap(({ options, gold }) => {
      const numbers = options.filter((option) => /^\d+$/.test(option)).map(Number);
      if (numbers.length !== 4 || !('option' in gold)) return [];
      return [numbers.filter((one) => one < Number(options[gold.option])).length];
    });
    for (const rank of [0, 1, 2, 3]) {
      const share = ranks.filter((one) => one === rank).length / ranks.length;
      expect(Math.abs(share - 0.25)).toBeLessThan(3.29 * Math.sqrt((0.25 * 0.75) / ranks.length));
    }
  });
});

describe('the store', () => {
  it('lies in the order of its keys, which follow from the molecules, so that its order tells nothing', () => {
    for (const kind of KINDS) {
      const keys = made(kind, `order_${kind}`, 'test').materials.map(({ key }) => key);
      expect(keys).toEqual([...keys].sort());
    }
  });

  it('gives two molecules two keys, also where their first digits agree', () => {
    const shelf = new Shelf();
    const keys = Array.from({ length: 3000 }, (_, index) =>
      shelf.add(`ACGT${index.toString(4).replace(/./g, (digit) => 'ACGT'[Number(digit)] as string)}T`),
    );
    expect(new Set(keys).size).toBe(3000);
    expect(shelf.materials).toHaveLength(3000);
    expect(shelf.add('ACGTAT')).toBe(keys[0]);
  });
});

describe('the embedded set', () => {
  it('holds every kind as often, under ids of its own', () => {
    expect(SIZES.val % KINDS.length).toBe(0);
    const some = Array.from({ length: 2 * KINDS.length }, (_, index) => tasks.at('val', index));
    expect(some.map(({ kind }) => kind)).toEqual([...KINDS, ...KINDS]);
    expect(new Set(some.map(ask)).size).toBe(some.length);
    expect(some.every(({ id, split }, index) => id === `val_${index}` && split === 'val')).toBe(true);
  });

  it('holds the fifteen subtasks of SeqQA', () => {
    const seqqa = KINDS.filter((kind) => /^(Prop|ORF|RE|PCR)-/.test(kind));
    expect(seqqa).toHaveLength(15);
  });
});
