import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import type { Event } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json } from '../../src/core/json.js';
import calculator from './index.js';

type Call = readonly [name: string, args: Json];
const calc = (expr: Json): Call => ['calculator', { expr }];
const submit = (answer: Json): Call => ['submit_answer', { answer }];

interface Played {
  readonly reward: number;
  readonly outcome: string | null;
  readonly truncated: boolean;
  readonly texts: readonly string[];
  readonly events: readonly Event[];
}

/** Plays steps of calls on a problem whose answer is 42. */
function played(steps: readonly (readonly Call[])[], set: { readonly [field: string]: Json } = {}): Played {
  const problem = { question: 'What is six times seven?', answer: 42 };
  const episode = new Episode(calculator, readConfig(calculator.spec, { set: { problem, ...set } }));
  episode.apply({ chance: 'given' });
  for (const calls of steps) {
    episode.apply({ seats: { 0: calls.map(([name, args], at) => ({ id: `c${at}`, name, args })) } });
  }
  const { turn } = episode;
  return {
    reward: episode.returns()[0] as number,
    outcome: turn.kind === 'over' ? turn.outcome : null,
    truncated: turn.kind === 'over' && turn.truncated,
    texts: episode.log.flatMap((event) => (event.kind === 'result' ? [event.text as string] : [])),
    events: episode.log,
  };
}

const failed = expect.stringMatching(/^Error: /);

// SEE: aviary.gsm8k (Future-House/aviary, packages/gsm8k, main 2026-04): rewards, ends, order of replies. Wrong
// arguments, which it does not check, count here as a failed call.
const STEP: readonly [
  what: string,
  calls: readonly Call[],
  reward: number,
  outcome: string | null,
  texts: unknown[],
][] = [
  ['a right answer', [submit('42')], 1, 'right answer', ['True']],
  ['a right answer as a number', [submit(42)], 1, 'right answer', ['True']],
  ['a right answer in another spelling', [submit(' 4_2.0e0 ')], 1, 'right answer', ['True']],
  ['an answer within the tolerance', [submit('42.0042')], 1, 'right answer', ['True']],
  ['an answer just outside of it', [submit('42.0043')], 0, 'wrong answer', ['False']],
  ['a wrong answer', [submit('41')], 0, 'wrong answer', ['False']],
  ['infinity', [submit('inf')], 0, 'wrong answer', ['False']],
  ['nan', [submit('nan')], 0, 'wrong answer', ['False']],
  ['an answer with a unit', [submit('42 apples')], -1, 'tool failure', ['False']],
  ['an answer with commas', [submit('1,042')], -1, 'tool failure', ['False']],
  ['an empty answer', [submit('')], -1, 'tool failure', ['False']],
  ['an expression', [calc('4 - 3')], 0, null, ['1']],
  ['an expression with space around', [calc(' 84 / 2 ')], 0, null, ['42']],
  ['an expression without a value', [calc('1 / 0')], -1, 'tool failure', [failed]],
  ['an argument of the wrong kind', [calc(5)], -1, 'tool failure', [failed]],
  ['a missing argument', [['calculator', {}]], -1, 'tool failure', [failed]],
  ['no call', [], -1, 'no tool call', []],
  ['an unknown tool', [['search', {}]], -1, 'unknown tools', ['']],
  [
    'three unknown tools',
    [
      ['a', {}],
      ['b', {}],
      ['c', {}],
    ],
    -3,
    'unknown tools',
    ['', '', ''],
  ],
  ['an unknown tool before an expression', [['a', {}], calc('1 + 1')], 0, null, ['2', '']],
  ['an unknown tool before a right answer', [['a', {}], submit('42')], 1, 'right answer', ['True', '']],
  ['two right answers', [submit('42'), submit('42')], 2, 'right answer', ['True', 'True']],
  ['a right and a wrong answer', [submit('42'), submit('7')], 1, 'right answer', ['True', 'False']],
  ['two failures', [calc('1 / 0'), calc('2 +')], -2, 'tool failure', [failed, failed]],
  ['a failure and a right answer', [calc('1 / 0'), submit('42')], 0, 'right answer', [failed, 'True']],
  ['a failure and an expression', [calc('1 / 0'), calc('3')], -1, 'tool failure', [failed, '3']],
  ['an expression and an answer', [calc('6 * 7'), submit('42')], 1, 'right answer', ['42', 'True']],
];

describe('one step', () => {
  it.each(STEP)('%s', (_, calls, reward, outcome, texts) => {
    const end = played([calls]);
    expect(end).toMatchObject({ reward, outcome, truncated: false });
    expect(end.texts).toEqual(texts);
  });

  it('runs no more calls than it may', () => {
    const end = played([[submit('42'), submit('42'), submit('42')]], { maxCalls: 2 });
    expect(end.reward).toBe(2);
    expect(end.texts).toEqual(['True', 'True', 'not run: at most 2 calls a step']);
    expect(
      played(
        [
          [
            ['a', {}],
            ['b', {}],
            ['c', {}],
          ],
        ],
        { maxCalls: 2 },
      ).reward,
    ).toBe(-2);
  });
});

describe('an episode', () => {
  it('is cut off after its last step', () => {
    const steps = [[calc('1')], [calc('2')]];
    expect(played(steps, { maxSteps: 2 })).toMatchObject({ reward: 0, outcome: 'out of steps', truncated: true });
    expect(played(steps, { maxSteps: 3 })).toMatchObject({ reward: 0, outcome: null });
  });

  it('takes as many steps as the horizon says', () => {
    expect(calculator.spec.facts(readConfig(calculator.spec, { set: { maxSteps: 2 } })).horizon).toBe(3);
  });

  it('tells each kind of event to everyone, and the answer only at the end', () => {
    const told: { readonly [kind: string]: Event['to'] } = {
      task: 'all',
      result: 'all',
      'no call': 'all',
      solution: 'all',
    };
    expect(Object.keys(calculator.spec.events)).toEqual(Object.keys(told));
    const { events } = played([[calc('1'), ['a', {}]], [calc('2')], []]);
    for (const { kind, to } of events) expect([kind, to]).toEqual([kind, told[kind]]);
    expect(events.map(({ kind }) => kind)).toEqual(['task', 'result', 'result', 'result', 'no call', 'solution']);
    expect(events.at(-1)?.answer).toBe(42);
  });

  it('shows nobody at the table the answer before the end', () => {
    const problem = { question: 'What is six times seven?', answer: 31415 };
    const config = readConfig(calculator.spec, { set: { problem } });
    const episode = new Episode(calculator, config);
    const seen = () => [calculator.view(episode.state, 0), calculator.view(episode.state, 'public'), ...episode.log];
    episode.apply({ chance: 'given' });
    episode.apply({ seats: { 0: [{ id: 'c', name: 'calculator', args: { expr: '1' } }] } });
    expect(JSON.stringify([...seen(), episode.turn])).not.toContain('31415');
    expect(calculator.spec.rules(config)).not.toContain('31415');
    expect(calculator.view(episode.state, 'all')).toMatchObject({ answer: 31415 });
    episode.apply({ seats: { 0: [] } });
    expect(calculator.view(episode.state, 0)).toMatchObject({ answer: 31415 });
  });
});

describe('a configuration', () => {
  const refused: readonly [what: string, set: { readonly [field: string]: Json }, field: RegExp][] = [
    ['a task beyond its split', { split: 'val', task: 1000 }, /task.*0 to 999/],
    ['a task and a problem', { task: 1, problem: { question: 'Why?', answer: 1 } }, /not both/],
    ['an unknown split', { split: 'dev' }, /split/],
  ];

  it.each(refused)('is refused with %s', (_, set, field) => {
    expect(() => readConfig(calculator.spec, { set })).toThrow(field);
  });
});
