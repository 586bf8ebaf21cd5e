import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/rng.js';
import { otherStrand } from './bases.js';
import { grade, identity } from './grade.js';
import { between, codingDna, randomDna } from './make.js';
import type { CloningTask, Goal } from './task.js';
import { labelsOf, readChoice, UNSURE } from './words.js';

const TASK: CloningTask = {
  ...{ id: 'test_0', split: 'test', kind: 'made up', question: 'How many?', materials: [], submit: 'answer' },
  options: ['4', UNSURE, '14', 'seq-1a2b, seq-3c4d'],
  gold: { option: 0 },
};

describe('an answer', () => {
  it.each(['A', 'a', ' A) ', '(A)', 'A.', '4', 'A) 4', '(a) 4'])('%j names the right option', (said) => {
    expect(grade(TASK, { answer: said })).toEqual({ correct: true, share: 1 });
  });

  it.each([
    '',
    'B',
    '14',
    'A or C',
    'A, C',
    'A or B',
    '4 or 14',
    'The answer is A',
    'not 4',
    '4 14',
    'A) 14',
    'C) 4',
    '44',
  ])('%j does not', (said) => expect(grade(TASK, { answer: said }).correct).toBe(false));

  it('names a pair however it is spaced, and not turned round', () => {
    expect(readChoice(TASK, 'seq-1a2b,seq-3c4d')).toBe(3);
    expect(readChoice(TASK, 'seq-3c4d, seq-1a2b')).toBeNull();
  });

  it('is a number where the options are letters themselves', () => {
    const acids = { options: ['D', 'A', 'C', UNSURE] };
    expect(labelsOf(acids)).toEqual(['1', '2', '3', '4']);
    expect([readChoice(acids, 'A'), readChoice(acids, '2'), readChoice(acids, 'D')]).toEqual([1, 1, 0]);
  });

  it('is wrong where molecules are wanted, and the other way round', () => {
    const sequences: CloningTask = { ...TASK, options: [], submit: 'sequences', gold: { sequences: ['ACGT'] } };
    expect(grade(sequences, { answer: 'ACGT' }).correct).toBe(false);
    expect(grade(TASK, { molecules: [{ sequence: 'ACGT', circular: false }] }).correct).toBe(false);
  });
});

describe('sequences', () => {
  const gold = ['ACGTACGGTT', 'GGGCCCATAT'];
  const task: CloningTask = { ...TASK, options: [], submit: 'sequences', gold: { sequences: gold } };
  const lines = (...sequences: string[]) => ({
    molecules: sequences.map((sequence) => ({ sequence, circular: false })),
  });

  it('are right in their order, on either strand', () => {
    expect(grade(task, lines(...gold))).toEqual({ correct: true, share: 1 });
    expect(grade(task, lines(...gold.map(otherStrand)))).toEqual({ correct: true, share: 1 });
  });

  it.each([
    ['another order', lines(gold[1] as string, gold[0] as string)],
    ['one missing', lines(gold[0] as string)],
    ['one too many', lines(...gold, 'ACGT')],
    ['one base off', lines('ACGTACGGTA', gold[1] as string)],
    ['a circle', { molecules: gold.map((sequence) => ({ sequence, circular: true })) }],
  ])('are wrong with %s', (_, handed) => {
    const { correct, share } = grade(task, handed);
    expect([correct, share < 1]).toEqual([false, true]);
  });

  it.each([
    ['ACGTACGT', 'ACGTACGA', 7 / 8],
    ['ACGTACGTAA', 'ACGT', 4 / 10],
    ['ACGTACCCGG', 'CCGG', 4 / 10],
    ['AAAA', 'TTTT', 1],
    ['ACGT', '', 0],
  ])('%s and %s share %d', (one, other, share) => expect(identity(one, other)).toBeCloseTo(share, 10));
});

describe('a plasmid', () => {
  const rng = stream('grade', 'plasmid');
  const [promoter, gene, backbone] = [randomDna(rng, 40), codingDna(rng, 30), randomDna(rng, 300)] as const;
  const goal: Goal = {
    circular: true,
    parts: [
      { name: 'promoter', dna: promoter, protein: null },
      { name: 'gene', dna: gene, protein: null },
    ],
    frames: [],
    absent: [{ name: 'stuffer', dna: 'GGCGCGCCGGCGCGCC' }],
    ...{ minLength: 350, maxLength: 500, minGc: 0, maxGc: 100 },
  };
  const task: CloningTask = { ...TASK, options: [], submit: 'plasmid', gold: { goal } };
  const circle = promoter + gene + backbone;
  const graded = (sequence: string, circular = true) => grade(task, { molecules: [{ sequence, circular }] });

  it('is what it is in any rotation and on either strand', () => {
    for (let round = 0; round < 40; round++) {
      const at = between(rng, 0, circle.length - 1);
      const turned = circle.slice(at) + circle.slice(0, at);
      expect(graded(turned).correct).toBe(true);
      expect(graded(otherStrand(turned)).correct).toBe(true);
    }
  });

  it.each([
    ['is linear', circle, false],
    ['has its gene turned round', promoter + otherStrand(gene) + backbone, true],
    ['lacks the promoter', gene + backbone + backbone.slice(0, 60), true],
    ['has a base of the gene changed', `${promoter}${gene.slice(0, 40)}N${gene.slice(41)}${backbone}`, true],
    ['holds the stuffer, on the other strand', `${circle}${otherStrand('GGCGCGCCGGCGCGCC')}`, true],
    ['is too long', circle + backbone, true],
  ])('is not right when it %s', (_, sequence, circular) => {
    const { correct, share } = graded(sequence, circular);
    expect(correct).toBe(false);
    expect(share).toBeLessThan(1);
  });

  it('has its parts in order within one turn', () => {
    const third = { name: 'backbone', dna: backbone, protein: null };
    const [one, two] = goal.parts as [Goal['parts'][number], Goal['parts'][number]];
    const wrong = { ...goal, parts: [one, third, two], maxLength: 900 };
    expect(
      grade({ ...task, gold: { goal: wrong } }, { molecules: [{ sequence: circle, circular: true }] }).correct,
    ).toBe(false);
    const right = { ...goal, parts: [two, third, one] };
    expect(
      grade({ ...task, gold: { goal: right } }, { molecules: [{ sequence: circle, circular: true }] }).correct,
    ).toBe(true);
  });

  it('may be any molecule of a store, and pays the share of its best one', () => {
    const both = [
      { sequence: 'ACGT', circular: false },
      { sequence: circle, circular: true },
    ];
    expect(grade(task, { molecules: both })).toEqual({ correct: true, share: 1 });
    expect(grade(task, { molecules: [] })).toEqual({ correct: false, share: 0 });
  });

  it('pays nothing for what was given, and the share of the way from there', () => {
    const given = {
      ...task,
      materials: [
        { key: 'seq-1', name: 'seq-1', sequence: backbone + promoter, type: 'dna', circular: true, features: [] },
      ],
    } satisfies CloningTask;
    const handed = (sequence: string) => grade(given, { molecules: [{ sequence, circular: true }] }).share;
    expect(handed(backbone + promoter)).toBe(0);
    expect(handed(`${circle.slice(0, 300)}${circle.slice(0, 40)}`)).toBeCloseTo(0.5, 10);
    expect(handed(circle)).toBe(1);
  });

  it('codes for a protein only with its stop right after it', () => {
    const framed = { ...goal, parts: [], frames: [{ name: 'tagged', protein: 'MKHH' }], absent: [], minLength: 1 };
    const made = (sequence: string) =>
      grade({ ...task, gold: { goal: framed } }, { molecules: [{ sequence, circular: true }] });
    expect(made('CCATGAAACATCATTAAGC').correct).toBe(true);
    expect(made('CATTAAGCCCATGAAACAT').correct).toBe(true);
    expect(made('CCATGAAACATCATGGATAAGC').correct).toBe(false);
  });
});
