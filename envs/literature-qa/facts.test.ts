import MiniSearch from 'minisearch';
import { describe, expect, it } from 'vitest';
import { type Call, complete, gather, played, search } from './playing.testing.js';
import { bm25 } from './search/bm25.js';
import { sentencesOf } from './search/sentences.js';
import { wordsOf } from './search/words.js';

const DOCUMENTS = [
  'shaw1 receptor velorin midgut',
  'velorin velorin receptor antenna brain antenna heart',
  'erratum receptor tarsol',
  'midgut',
  'kelp tarsol velorin gill gill gill gill gill',
].map((text) => text.split(' '));

// SEE: bm25s 0.3.16 for Python, BM25(method="lucene", k1=1.2, b=0.75), get_scores of each query on the documents above.
const SCORES: readonly [query: string, scores: readonly number[]][] = [
  ['velorin', [0.258808, 0.293766, 0, 0, 0.188117]],
  ['velorin receptor', [0.517617, 0.49567, 0.285643, 0, 0.188117]],
  ['midgut gill', [0.420371, 0, 0, 0.585342, 1.009651]],
  ['tarsol tarsol gill', [0, 0, 0.927916, 0, 1.620752]],
  ['heart receptor velorin absent', [0.517617, 1.014966, 0.285643, 0, 0.188117]],
];

describe('search by words', () => {
  it.each(SCORES)('scores "%s" as another program does', (query, scores) => {
    const own = bm25(DOCUMENTS).search(query.split(' '));
    const found = scores.map((_, at) => own.find((hit) => hit.at === at)?.score ?? 0);
    for (const [at, score] of scores.entries()) expect(found[at]).toBeCloseTo(score, 5);
    const order = [...scores.keys()].filter((at) => (scores[at] as number) > 0);
    expect(own.map(({ at }) => at)).toEqual(order.sort((x, y) => (scores[y] as number) - (scores[x] as number)));
  });

  // NOTE: minisearch counts a document's different words as its length, so the documents here repeat none.
  it('ranks as minisearch does with the parameters of BM25', () => {
    const texts = [
      'receptor velorin midgut',
      'velorin receptor antenna brain heart gland',
      'erratum receptor tarsol labels exchanged paper',
      'midgut',
      'kelp tarsol velorin gill stone',
      'stone paper gland heart',
      'brain',
    ];
    const mini = new MiniSearch({ fields: ['text'] });
    mini.addAll(texts.map((text, id) => ({ id, text })));
    const own = bm25(texts.map((text) => text.split(' ')));
    for (const query of ['velorin', 'receptor velorin', 'tarsol stone', 'midgut gland brain', 'heart paper erratum']) {
      const theirs = mini.search(query, { bm25: { k: 1.2, b: 0.75, d: 0 } }).map(({ id }) => id as number);
      expect([query, own.search(query.split(' ')).map(({ at }) => at)]).toEqual([query, theirs]);
    }
  });
});

const SPLIT: readonly [text: string, sentences: readonly string[]][] = [
  ['One thing. Another thing! A third?', ['One thing.', 'Another thing!', 'A third?']],
  ['It peaked at pH 6.4 (Fig. 2). It fell later.', ['It peaked at pH 6.4 (Fig. 2).', 'It fell later.']],
  ['As Berg et al. showed, it holds.\nNo more.', ['As Berg et al. showed, it holds.', 'No more.']],
  ['He said "it works." Then he left.', ['He said "it works."', 'Then he left.']],
  ['', []],
];

describe('sentences', () => {
  it.each(SPLIT)('of %j', (text, sentences) => expect(sentencesOf(text)).toEqual(sentences));
  it('are cut where they have no end', () => expect(sentencesOf('word '.repeat(500))).toHaveLength(5));
});

const WORDS: readonly [text: string, words: readonly string[]][] = [
  ['The receptors of KRT41', ['receptor', 'krt41']],
  ['pH 6.4, Norata-7', ['ph', '6.4', 'norata', '7']],
  ['Ångström Élan', ['angstrom', 'elan']],
  ['loss mass bus', ['loss', 'mass', 'bus']],
];

describe('words of a search', () => {
  it.each(WORDS)('of "%s"', (text, words) => expect(wordsOf(text)).toEqual(words));
});

const TASK = {
  question: 'Which compound blocks the channel?',
  ideal: 'velorin',
  distractors: ['tarsol', 'nerifane'],
  papers: [
    {
      key: 'berg2001',
      title: 'Channels',
      authors: ['Berg', 'Dal'],
      year: 2001,
      text: 'The channel is OKT12. It is old.',
    },
    { key: 'dal2010', title: 'Drugs', authors: ['Dal'], year: 2010, text: 'Velorin blocked OKT12. Tarsol did not.' },
    { key: 'ek2015', title: 'Gills', authors: ['Ek', 'Dal', 'Berg'], year: 2015, text: 'Gills are red. They breathe.' },
  ],
};

const UNANSWERABLE = {
  ...TASK,
  ideal: 'Insufficient information to answer this question',
  distractors: ['velorin', 'tarsol'],
};

// SEE: Aviary's labbench environment (Future-House/aviary, packages/labbench): correct 1, unsure 0.1, wrong -1. Its
// model maps the answer to an option; here the option is handed in by letter or words.
const ENDS: readonly [what: string, task: typeof TASK, call: Call, outcome: string | null, reward: number | null][] = [
  ['the right words', TASK, complete('velorin'), 'correct', 1],
  ['the right words in capitals', TASK, complete(' VELORIN. '), 'correct', 1],
  ['wrong words', TASK, complete('tarsol'), 'incorrect', -1],
  ['the unsure option in words', TASK, complete(UNANSWERABLE.ideal), 'unsure', 0.1],
  ['no success', TASK, complete(null, false), 'unsure', 0.1],
  ['no success where that is right', UNANSWERABLE, complete(null, false), 'correct', 1],
  ['an option where none is right', UNANSWERABLE, complete('velorin'), 'incorrect', -1],
  ['two options', TASK, complete('velorin or tarsol'), null, null],
  ['something else', TASK, complete('water'), null, null],
  ['success without an answer', TASK, complete(null), null, null],
  ['an answer without success', TASK, complete('velorin', false), null, null],
];

describe('handing in', () => {
  it.each(ENDS)('%s', async (_, given, call, outcome, reward) => {
    expect(await played({ given }, [[call]])).toMatchObject({ outcome, reward });
  });

  it('takes the letter, bare, in brackets or before the words', async () => {
    const { episode } = await played({ given: TASK }, []);
    const line = /^([A-D])\) velorin$/m.exec(JSON.stringify(episode.log).replaceAll('\\n', '\n'));
    const letter = line?.[1] as string;
    for (const text of [letter, letter.toLowerCase(), `(${letter})`, `${letter}) velorin`, `${letter}. Velorin.`])
      expect([text, (await played({ given: TASK }, [[complete(text)]])).reward]).toEqual([text, 1]);
    expect((await played({ given: TASK }, [[complete(`${letter}) tarsol`)]])).reward).toBe(null);
  });

  it('without an answer takes the one option that gen_answer named', async () => {
    const steps = [[search('drugs'), gather('blocked'), ['gen_answer', {}]], [complete(null)]] as const;
    const given = { ...TASK, question: 'What blocked OKT12?' };
    const { texts, reward } = await played({ given }, steps);
    expect(texts[2]).toContain('Velorin blocked OKT12. [dal2010]');
    expect(reward).toBe(1);
  });
});

// SEE: the status line of Aviary's labbench observations: papers, those with evidence, pieces of evidence.
describe('an observation', () => {
  it('of a search names papers with their years and ends with the status', async () => {
    const { texts } = await played({ given: TASK }, [[search('channels gills')]]);
    expect(texts[0]).toBe(
      [
        'Papers found:',
        '[berg2001] Channels (Berg and Dal, 2001)',
        '[ek2015] Gills (Ek et al., 2015)',
        'Status: Paper Count=2 | Relevant Papers=0 | Current Evidence=0',
      ].join('\n'),
    );
  });

  it('of evidence quotes sentences under their paper, each counted once', async () => {
    const { texts } = await played({ given: TASK }, [[search('drugs channels'), gather('OKT12'), gather('OKT12')]]);
    const status = 'Status: Paper Count=2 | Relevant Papers=2 | Current Evidence=2';
    const quotes = ['[dal2010] "Drugs" (Dal, 2010)', '- Velorin blocked OKT12.'];
    expect(texts[1]).toBe(
      ['[berg2001] "Channels" (Berg and Dal, 2001)', '- The channel is OKT12.', ...quotes, status].join('\n'),
    );
    expect(texts[2]).toBe(texts[1]);
  });

  it('keeps to the years asked for', async () => {
    const calls = [search('dal', 2005), search('dal', null, 2005), search('dal', 2002, 2009)];
    const { texts } = await played({ given: TASK }, [calls]);
    const keys = texts.map((text) => [...text.matchAll(/^\[(\S+)\]/gm)].map(([, key]) => key));
    expect(keys).toEqual([['dal2010', 'ek2015'], ['berg2001'], []]);
  });

  it('says what is missing', async () => {
    const { texts } = await played({ given: TASK }, [
      [gather('OKT12'), ['gen_answer', {}], search('xyzzy'), search('')],
    ]);
    expect(texts).toEqual([
      'Error: there are no papers at hand; call paper_search first',
      'Error: there is no evidence yet; call gather_evidence first',
      'No paper matches; try other words or years.\nStatus: Paper Count=0 | Relevant Papers=0 | Current Evidence=0',
      expect.stringMatching(/^Error: paper_search: query: /),
    ]);
  });

  it('begins anew after reset', async () => {
    const { texts } = await played({ given: TASK }, [
      [search('drugs'), gather('OKT12'), ['reset', {}], gather('OKT12')],
    ]);
    expect(texts[2]).toContain('Paper Count=0 | Relevant Papers=0 | Current Evidence=0');
    expect(texts[3]).toMatch(/^Error: there are no papers at hand/);
  });
});
