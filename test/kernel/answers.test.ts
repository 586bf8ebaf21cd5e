import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { howToAnswer, print, type Reply, readAnswer, refusal } from '../../src/core/answers.js';
import type { Json } from '../../src/core/json.js';
import type { Failure } from '../../src/core/read.js';
import { stream } from '../../src/core/rng.js';
import { type ActionSpace, check, choice, sample } from '../../src/core/space.js';
import { anyJson, anySpace, letters, offer, speech, tools, vocabulary } from './vocabulary.js';

type Case = [reply: string, expected: Json | { failure: Failure; reason: RegExp }];

function failing(failure: Failure, reason: RegExp = /./): { failure: Failure; reason: RegExp } {
  return { failure, reason };
}

/** What a reply is read as: the move, or the failure. */
function outcome(space: ActionSpace, reply: Reply): unknown {
  const read = readAnswer(vocabulary, space, reply);
  return read.ok ? read.value : { failure: read.failure, reason: read.reason };
}

function expectCase(space: ActionSpace, reply: Reply, expected: Case[1]): void {
  const reason = (expected as { reason?: unknown } | null)?.reason;
  const wanted =
    reason instanceof RegExp ? { ...(expected as object), reason: expect.stringMatching(reason) } : expected;
  expect(outcome(space, reply)).toEqual(wanted);
}

const votes = choice(['vote player_1', 'vote player_2', 'abstain']);
const numbers = choice(['[2]', '[4]']);
const ab = {
  kind: 'choice',
  options: [
    { id: 'x', label: 'Left' },
    { id: 'y', label: 'Right' },
  ],
} as const;
const sameLabels = {
  kind: 'choice',
  options: [
    { id: 'x', label: 'Go' },
    { id: 'y', label: 'go' },
  ],
} as const;

describe('choices', () => {
  it.each<Case>([
    // answers
    ['<answer>abstain</answer>', 'abstain'],
    ['Player 1 lied. <answer>vote player_1</answer>', 'vote player_1'],
    ['<answer>vote player_1</answer> is what I say, not vote player_2', 'vote player_1'],
    ['vote player_1', 'vote player_1'],
    ['  Vote  Player_1.\n', 'vote player_1'],
    ['<ANSWER>ABSTAIN</ANSWER>', 'abstain'],
    ['<answer>\nabstain\n</answer>', 'abstain'],
    ['<think>abstain?</think>vote player_2', 'vote player_2'],
    ['<think><answer>abstain</answer></think><answer>vote player_2</answer>', 'vote player_2'],
    ['<think>a</think><think>b</think>abstain', 'abstain'],
    ['<think>a <think> b</think>abstain', 'abstain'],
    // NOTE: templates of some models open the thought themselves, so only its end is in the reply.
    ['maybe <answer>abstain</answer>? no</think><answer>vote player_1</answer>', 'vote player_1'],
    // nothing that could be read
    ['', failing('unparsable', /empty/)],
    [' \n ', failing('unparsable', /empty/)],
    ['<think>abstain</think>', failing('unparsable', /empty/)],
    ['<answer></answer>', failing('unparsable', /empty/)],
    ['I think I will abstain today', failing('unparsable', /is none of: vote player_1, vote player_2, abstain/)],
    ['x '.repeat(300), failing('unparsable', /is none of/)],
    // more than one answer
    ['<answer>abstain</answer><answer>abstain</answer>', failing('ambiguous', /2 <answer> tags/)],
    ['<answer>abstain</answer> or <answer>vote player_1', failing('ambiguous', /2 <answer> tags/)],
    ['<answer>abstain <answer>vote player_1</answer>', failing('ambiguous', /2 <answer> tags/)],
    ['<answer>vote player_1 or vote player_2</answer>', failing('ambiguous', /names 2 options/)],
    ['not vote player_1, so abstain', failing('ambiguous', /names 2 options/)],
    // well-formed, not allowed
    ['<answer>vote player_3</answer>', failing('illegal', /"vote player_3" is none of/)],
    ['vote player_12', failing('illegal', /is none of/)],
    ['__proto__', failing('illegal', /is none of/)],
    ['abstain\u0000', failing('unparsable', /is none of/)],
    ['\ud800', failing('illegal', /is none of/)],
    // cut off
    ['<answer>abst', failing('truncated', /<answer> is not closed/)],
    ['<think>abstain', failing('truncated', /<think> is not closed/)],
    ['<answer>abstain</answer><think>', failing('truncated', /<think> is not closed/)],
  ])('%j', (text, expected) => expectCase(votes, { text }, expected));

  it('a reply cut off at its length limit is an answer only if its tag is complete', () => {
    const cut = (text: string) => outcome(votes, { text, truncated: true });
    expect(cut('abstain')).toMatchObject({ failure: 'truncated' });
    expect(cut('')).toMatchObject({ failure: 'truncated' });
    expect(cut('<answer>abstain</answer> because')).toBe('abstain');
  });

  it('never takes the first of two options named', () => {
    expectCase(numbers, { text: '[4] would lose, so [2]' }, failing('ambiguous', /names 2 options/));
    expectCase(numbers, { text: '<answer>[4] would lose, so [2]</answer>' }, failing('ambiguous'));
  });

  it('takes labels for their ids, unless they fit two', () => {
    expect(outcome(ab, { text: 'left' })).toBe('x');
    expect(outcome(ab, { text: 'y' })).toBe('y');
    expect(outcome(sameLabels, { text: 'GO' })).toMatchObject({ failure: 'ambiguous', reason: '"GO" fits 2 options' });
  });
});

describe('texts', () => {
  it.each<Case>([
    ['hello there', 'hello there'],
    ['  hello  ', 'hello'],
    ['<answer> hello </answer>', ' hello '],
    ['<answer></answer>', ''],
    ['<think>lie</think><answer>I am a villager</answer>', 'I am a villager'],
    ['', failing('unparsable', /empty/)],
    ['x'.repeat(21), failing('illegal', /at most 20/)],
    ['<answer>\ud800</answer>', failing('illegal', /lone surrogate/)],
    ['hello</answer>', failing('illegal', /<\/answer>, a tag of answers/)],
    ['<answer>hello', failing('truncated', /not closed/)],
  ])('%j', (text, expected) => expectCase(speech, { text }, expected));
});

describe('forms', () => {
  it.each<Case>([
    ['{"take": 2}', { take: 2, note: '' }],
    ['<answer>{"take": 2, "note": "hi"}</answer>', { take: 2, note: 'hi' }],
    ['```json\n{"take": 2}\n```', { take: 2, note: '' }],
    ['<answer>```\n{"take": 2}```</answer>', { take: 2, note: '' }],
    ['Here it is: {"take": 2}', failing('unparsable', /not JSON/)],
    ['{"take": 2} {"take": 3}', failing('unparsable', /not JSON/)],
    ['{"take": }', failing('unparsable', /not JSON/)],
    ['``````', failing('unparsable', /not JSON/)],
    ['{"take": 9}', failing('illegal', /take is at most 5 now/)],
    ['{"take": 1e999}', failing('illegal', /no plain JSON/)],
    ['{"take": "2"}', failing('illegal', /take/)],
    ['[{"take": 2}]', failing('illegal', /object/)],
    ['{"__proto__": {"take": 2}}', failing('illegal', /take/)],
    ['{"take": 2, "__proto__": {"note": "x"}}', failing('illegal')],
  ])('%j', (text, expected) => expectCase(offer, { text }, expected));

  it('leave the prototype of objects alone', () => {
    outcome(offer, { text: '{"take": 2, "__proto__": {"polluted": true}}' });
    outcome(tools, {
      text: '[{"name": "add", "__proto__": {"polluted": true}, "args": {"__proto__": {"polluted": 1}}}]',
    });
    expect('polluted' in {}).toBe(false);
  });
});

describe('tool calls', () => {
  const add = { id: 'call_0', name: 'add', args: { a: 1, b: 2 } };
  it.each<Case>([
    ['[{"id": "7", "name": "add", "args": {"a": 1, "b": 2}}]', [{ ...add, id: '7' }]],
    ['{"name": "add", "args": {"a": 1, "b": 2}}', [add]],
    ['{"name": "add", "arguments": {"a": 1, "b": 2}}', [add]],
    ['{"name": "add", "arguments": "{\\"a\\": 1, \\"b\\": 2}"}', [add]],
    ['{"name": "add", "arguments": "a and b"}', [{ ...add, args: 'a and b' }]],
    [
      '```json\n[{"name": "stop"}, {"name": "stop"}]\n```',
      [
        { id: 'call_0', name: 'stop', args: {} },
        { id: 'call_1', name: 'stop', args: {} },
      ],
    ],
    ['[]', []],
    ['{"name": "divide"}', [{ id: 'call_0', name: 'divide', args: {} }]],
    ['add(1, 2)', failing('unparsable', /not JSON/)],
    ['[1]', failing('unparsable', /1 is not a call .* of add, stop/)],
    ['{"tool": "add"}', failing('unparsable', /is not a call/)],
    ['null', failing('unparsable', /null is not a call/)],
    ['<answer>[]</answer><answer>[]</answer>', failing('ambiguous')],
  ])('%j', (text, expected) => expectCase(tools, { text }, expected));
});

describe('a megabyte of reply is read in one pass', () => {
  const size = 1_000_000;
  // NOTE: each of these takes a reader that starts again at every tag, fence or space longer than the test may run.
  it.each([
    '<think>',
    '<answer>',
    '</think>',
    '</answer>',
    '<think></think>',
    '<answer></answer>',
    '<answer>abstain',
    '```\n',
    '```json\n\n',
    '\n',
    ' ',
    ' .',
    '\u0000',
    '\ud800',
    'vote player_1 ',
    '[',
    '{"name":',
    '<',
    'x',
  ])('%j again and again', (piece) => {
    const text = piece.repeat(Math.ceil(size / piece.length));
    for (const space of [votes, speech, offer, tools]) {
      for (const reply of [text, `<answer>${text}</answer>`, `\`\`\`${text}`, `${text}abstain`]) {
        expect(readAnswer(vocabulary, space, { text: reply }).ok).toBeTypeOf('boolean');
      }
    }
  });
});

describe('printing and reading', () => {
  it('are inverse for every sampled move', () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (space, seed) => {
        const move = sample(vocabulary, space, stream(seed, 'x'));
        expect(outcome(space, { text: print(space, move) })).toEqual(move);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('are inverse for every text that may be said', () => {
    const space: ActionSpace = { kind: 'text', maxChars: 1000, purpose: 'Speak.' };
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(' ', '\n', '```', '<b>', '{"a":1}', 'answer>'),
    );
    fc.assert(
      fc.property(text, (said) => {
        fc.pre(check(vocabulary, space, said).ok);
        expect(outcome(space, { text: print(space, said) })).toBe(said);
      }),
      { seed: 2 },
    );
  });

  it.each<[ActionSpace, Json]>([
    [offer, { take: 1, note: '</answer><think>' }],
    [offer, { take: 1, note: '```' }],
    [tools, [{ id: '<answer>', name: 'say', args: { text: '</ANSWER> and <think>' } }]],
    [tools, [{ id: '1', name: 'x', args: null }]],
    [tools, [{ id: '1', name: 'x', args: '{"not": "parsed"}' }]],
  ])('are inverse for JSON that holds tags: %j %j', (space, move) => {
    expect(outcome(space, { text: print(space, move) })).toEqual(move);
  });
});

describe('readers of anything', () => {
  const piece = fc.constantFrom(
    '<think>',
    '</think>',
    '<answer>',
    '</answer>',
    '```json\n',
    '```',
    'a',
    ' b',
    '.',
    '{',
    '}',
    '[',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 20 }).map((pieces) => pieces.join('')),
    anyJson.map((value) => JSON.stringify(value)),
  );

  it('give a move that belongs or a reason, and never throw', () => {
    fc.assert(
      fc.property(fc.oneof(anySpace, fc.constant(letters)), text, fc.boolean(), (space, reply, truncated) => {
        const read = readAnswer(vocabulary, space, { text: reply, truncated });
        if (read.ok) expect(check(vocabulary, space, read.value)).toEqual({ ok: true, value: read.value });
        else expect(read.reason).not.toBe('');
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('take no prose for a move', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[d-z]{2,9}$/), fc.constantFrom('a', 'b', 'c'), (word, id) => {
        expect(readAnswer(vocabulary, letters, { text: `${word} ${id}` }).ok).toBe(false);
      }),
      { seed: 4 },
    );
  });
});

describe('words for a seat', () => {
  const kinds: Failure[] = ['unparsable', 'ambiguous', 'illegal', 'truncated', 'late', 'crashed'];

  it('after each kind of failure differ, give the reason and say how many tries are left', () => {
    const texts = kinds.map((failure) => refusal(failure, 'because', 2));
    expect(new Set(texts).size).toBe(kinds.length);
    for (const text of texts) expect(text).toMatch(/because\. 2 tries are left\.$/);
    expect(refusal('late', 'because', 1)).toMatch(/One try is left\.$/);
  });

  it('say how to answer in every kind of space', () => {
    expect(howToAnswer(vocabulary, ab)).toBe(
      'Choose exactly one of these and answer with its words inside <answer></answer>:\n- x: Left\n- y: Right',
    );
    expect(howToAnswer(vocabulary, letters)).toMatch(/- a\n- b\n- c$/);
    expect(howToAnswer(vocabulary, speech)).toMatch(/^Say something\. At most 20 characters\./);
    expect(howToAnswer(vocabulary, tools)).toMatch(/- add: adds two numbers\n- stop: ends it$/);
    expect(howToAnswer(vocabulary, offer)).toMatch(/a whole number.*\nLimits now: 5$/s);
  });
});
