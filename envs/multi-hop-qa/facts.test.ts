import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import { Episode } from '../../src/core/episode.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import multiHop from './index.js';
import { exactMatch, f1, normalised } from './scoring.js';

// SEE: the functions normalize_answer, exact_match_score and f1_score of HotPotQA's hotpot_evaluate_v1.py (which follows
// SQuAD's), run under CPython 3.11 on each row.
const SCORES: readonly [answer: string, gold: string, compared: string, exact: number, f1: number][] = [
  ['Paris', 'Paris', 'paris', 1, 1],
  ['paris.', 'Paris', 'paris', 1, 1],
  ['The Paris', 'paris', 'paris', 1, 1],
  ['Paris or London', 'Paris', 'paris or london', 0, 0.5],
  ['It is Paris or maybe London or Rome', 'Paris', 'it is paris or maybe london or rome', 0, 0.222222],
  ['I do not know', 'no', 'i do not know', 0, 0],
  ['No.', 'no', 'no', 1, 1],
  ['no, never', 'no', 'no never', 0, 0],
  ['yes and no', 'yes', 'yes and no', 0, 0],
  ['yes', 'no', 'yes', 0, 0],
  ['noanswer', 'no answer', 'noanswer', 0, 0],
  ['the Beatles', 'Beatles', 'beatles', 1, 1],
  ['An apple a day', 'apple day', 'apple day', 1, 1],
  ['U.S.A.', 'USA', 'usa', 1, 1],
  ['Jean-Luc', 'Jean Luc', 'jeanluc', 0, 0],
  ['1,234', '1234', '1234', 1, 1],
  ["don't", 'dont', 'dont', 1, 1],
  ['  two   words ', 'two words', 'two words', 1, 1],
  ['new york city', 'New York', 'new york city', 0, 0.8],
  ['the the the', 'the', '', 1, 0],
  ['', 'Paris', '', 0, 0],
  ['Thea', 'The a', 'thea', 0, 0],
  ['Émile Zola', 'émile zola', 'émile zola', 1, 1],
  ['à la carte', 'la carte', 'à la carte', 0, 0.8],
  ['a b b c', 'b b b', 'b b c', 0, 0.666667],
  ['“Paris”', 'Paris', '“paris”', 0, 0],
  ["it's the year 1850", '1850', 'its year 1850', 0, 0.5],
  ['Great Britain and Ireland', 'Ireland and Great Britain', 'great britain and ireland', 0, 1],
];

describe('an answer is compared as HotPotQA compares it', () => {
  it.each(SCORES)('%j with %j', (answer, gold, compared, exact, shared) => {
    expect(normalised(answer)).toBe(compared);
    expect(exactMatch(answer, gold)).toBe(exact);
    expect(f1(answer, gold)).toBeCloseTo(shared, 6);
  });
});

type Call = readonly [name: string, args: JsonObject];
const search = (entity: string): Call => ['search', { entity }];
const lookup = (keyword: string): Call => ['lookup', { keyword }];
const submit = (answer: string): Call => ['submit_answer', { answer }];

const TASK = {
  question: 'In which city was the author of "The Glass Tide" born?',
  answer: 'Paris',
  articles: [
    {
      title: 'The Glass Tide (novel)',
      sentences: ['It is a novel.', 'It is blue.', 'By Ilda Varn.', 'Varn was proud.', 'Nobody read it.'],
    },
    { title: 'The Glass Tide (film)', sentences: ['It is a film.'] },
    { title: 'Ilda Varn', sentences: ['A writer.', 'Born in Paris.', 'Died in London.'] },
  ],
};

function played(steps: readonly (readonly Call[])[], set: { readonly [field: string]: Json } = {}) {
  const episode = new Episode(multiHop, readConfig(multiHop.spec, { set: { given: TASK, ...set } }));
  episode.apply({ chance: 'given' });
  for (const calls of steps)
    episode.apply({ seats: { 0: calls.map(([name, args], at) => ({ id: `c${at}`, name, args })) } });
  const { turn, log } = episode;
  return {
    episode,
    texts: log.flatMap((event) => (event.kind === 'result' ? [event.text as string] : [])),
    outcome: turn.kind === 'over' ? turn.outcome : null,
    paid: episode.paid[0],
    reward: episode.returns()[0],
  };
}

// SEE: the tools of HotPotQA in S. Yao et al., "ReAct", ICLR 2023, section 3.1, as Aviary has them: the wording of lookup.
const ANSWERED: readonly [what: string, calls: readonly Call[], texts: readonly (string | RegExp)[]][] = [
  [
    'an article',
    [search('Ilda Varn')],
    ['Ilda Varn: A writer. Born in Paris.\n(1 more sentence: lookup finds words in the article.)'],
  ],
  ['in small letters', [search(' ilda  varn')], [/^Ilda Varn: /]],
  ['a short article', [search('The Glass Tide (film)')], ['The Glass Tide (film): It is a film.']],
  [
    'a shared name',
    [search('"The Glass Tide"')],
    ['Several articles have this name: The Glass Tide (novel); The Glass Tide (film).'],
  ],
  ['no article', [search('Ilda')], ['There is no article "Ilda". Titles that share words: Ilda Varn.']],
  ['nothing like it', [search('xyzzy')], ['There is no article "xyzzy".']],
  [
    'a word, and on to its end',
    [
      search('The Glass Tide (novel)'),
      lookup('varn'),
      lookup('varn'),
      lookup('varn'),
      lookup('nobody'),
      lookup('varn'),
    ],
    [
      /\(3 more sentences: lookup finds words in the article\.\)$/,
      '(Result 1 / 2) By Ilda Varn.',
      '(Result 2 / 2) Varn was proud.',
      'No more results.',
      '(Result 1 / 1) Nobody read it.',
      '(Result 1 / 2) By Ilda Varn.',
    ],
  ],
  ['a word that is not there', [search('Ilda Varn'), lookup('xyzzy')], [/^Ilda/, 'No more results.']],
  [
    'a word after another search',
    [search('Ilda Varn'), lookup('in'), search('Ilda Varn'), lookup('in')],
    [/^Ilda/, '(Result 1 / 2) Born in Paris.', /^Ilda/, '(Result 1 / 2) Born in Paris.'],
  ],
  [
    'a word of the article before a failed search',
    [search('Ilda Varn'), search('xyzzy'), lookup('born')],
    [/^Ilda/, /^There/, /Born/],
  ],
  ['a word with nothing open', [lookup('born')], ['Error: no article is open; call search first']],
  ['a wrong argument', [['search', { title: 'x' }]], [/^Error: search: entity: /]],
  [
    'an unknown tool',
    [['look', {}]],
    [/^Error: there is no tool "look" here; the tools are: search, lookup, submit_answer$/],
  ],
];

describe('a call asks for', () => {
  it.each(ANSWERED)('%s', (_, calls, texts) => {
    const answers = played([calls]).texts;
    expect(answers).toHaveLength(texts.length);
    for (const [at, text] of texts.entries()) {
      if (typeof text === 'string') expect(answers[at]).toBe(text);
      else expect(answers[at]).toMatch(text);
    }
  });
});

describe('handing in', () => {
  it.each([
    ['Paris', 1, 1, 'right answer'],
    ['the paris!', 1, 1, 'right answer'],
    ['Paris or London', 0, 0.5, 'wrong answer'],
    ['London', 0, 0, 'wrong answer'],
    ['', 0, 0, 'wrong answer'],
  ])('%j', (answer, exact, shared, outcome) => {
    expect(played([[submit(answer)]])).toMatchObject({ outcome, paid: { exact, f1: shared }, reward: exact });
    expect(played([[submit(answer)]], { 'weights.exact': 0, 'weights.f1': 1 }).reward).toBe(shared);
  });

  it('yes or no takes the word alone', () => {
    const given = { ...TASK, answer: 'no' };
    expect(played([[submit('I do not know')]], { given, 'weights.f1': 1 }).reward).toBe(0);
    expect(played([[submit('No')]], { given }).reward).toBe(1);
  });

  it('is paid once; what follows in the step is not run', () => {
    const { texts, reward } = played([[submit('Paris'), submit('Paris'), search('Ilda Varn')]]);
    expect(texts).toEqual(['Handed in.', 'not run: it was over', 'not run: it was over']);
    expect(reward).toBe(1);
  });

  it('out of steps pays nothing', () => {
    expect(played([[], []], { maxSteps: 2 })).toMatchObject({ outcome: 'out of steps', reward: 0 });
  });
});
