import { describe, expect, it } from 'vitest';
import { reverseComplement } from '../dna/iupac.js';
import { PUC19 } from '../library/puc19.js';
import { type Call, EGFP, MATERIALS, played, QUESTION, told } from '../trial.testing.js';

// What goes wrong says what would be right. The first four are faults of Aviary's own tools.
const ERRORS: readonly (readonly [what: string, calls: readonly Call[], says: RegExp])[] = [
  [
    'a primer by a name that is none',
    [['simulate_pcr', { sequence: 'egfp', forward_primer: 'forward', reverse_primer_name: 'EcoRI' }]],
    /no sequence in the store is called "EcoRI"/,
  ],
  [
    'a primer in two ways',
    [
      [
        'simulate_pcr',
        { sequence: 'egfp', forward_primer: 'forward', forward_primer_name: 'forward', reverse_primer: 'reverse' },
      ],
    ],
    /exactly one of forward_primer and forward_primer_name/,
  ],
  [
    'a slice beyond the end',
    [['slice_sequence', { seqs: 'egfp', name: '', start: 700, end: 721 }]],
    /egfp has 720 letters; 700-721 reaches beyond/,
  ],
  ['a position 0', [['slice_sequence', { seqs: 'egfp', name: '', start: 0, end: 5 }]], /start: .*>=1/],
  ['a key that is none', [['view_sequence', { seq: 'egpf' }]], /there is no "egpf" in the store; did you mean egfp\?/],
  [
    'an enzyme that is none',
    [['enzyme_cut', { sequence: 'egfp', enzyme: 'EcoR1' }]],
    /no enzyme "EcoR1" is known; did you mean EcoRI/,
  ],
  [
    'a Golden Gate without type IIS',
    [['goldengate', { sequences: ['egfp'], enzyme: 'EcoRI' }]],
    /EcoRI cuts within its site.*BsaI/,
  ],
  ['a circle in a Gibson assembly', [['gibson', { sequences: ['pUC19', 'egfp'] }]], /piece 1 is circular/],
  [
    'pieces that share no ends',
    [
      ['enzyme_cut', { sequence: 'pUC19', enzyme: 'SmaI' }],
      ['gibson', { sequences: ['fragment-1', 'egfp'] }],
    ],
    /do not join by overlaps of 10 bases or more: the left end and the right end of piece 1; the left end and the right end of piece 2 overlap no other piece/,
  ],
  [
    'primers that point away',
    [
      [
        'simulate_pcr',
        {
          sequence: 'egfp',
          forward_primer: EGFP.slice(300, 322),
          reverse_primer: reverseComplement(EGFP.slice(100, 122)),
        },
      ],
    ],
    /do not point at each other. The forward primer binds 301-322 \(strand 1\), the reverse primer 101-122 \(strand -1\)/,
  ],
  [
    'a primer that hardly pairs',
    [
      [
        'simulate_pcr',
        { sequence: 'egfp', forward_primer: `TTTTTTTTTT${EGFP.slice(0, 8)}`, reverse_primer: 'reverse' },
      ],
    ],
    /pairs with its last 8 bases only/,
  ],
  [
    'a primer of a few bases',
    [['simulate_pcr', { sequence: 'egfp', forward_primer: 'ACGT', reverse_primer: 'reverse' }]],
    /has 4 bases; at least 7 are needed/,
  ],
  [
    'DNA wanted, protein given',
    [['enzyme_cut', { sequence: 'tag', enzyme: 'EcoRI' }]],
    /tag is a protein, and DNA is wanted/,
  ],
  [
    'a codon table that is none',
    [['find_orfs', { sequence: 'egfp', codon_table: 7 }]],
    /no codon table 7; the tables are 0, 1, 2/,
  ],
  [
    'both overhang forms',
    [['design_primers', { sequence: 'egfp', forward_overhang: 'ACGT', forward_overhang_name: 'EcoRI' }]],
    /either forward_overhang or forward_overhang_name/,
  ],
  [
    'a bundle where one is wanted',
    [
      ['merge', { seqs: ['egfp', 'pUC19'] }],
      ['view_sequence', { seq: 'bundle-1' }],
    ],
    /bundle-1 is a bundle of 2 sequences.*separate/,
  ],
  [
    'a tool of another task',
    [['submit_final_plasmid', { final: 'pUC19' }]],
    /there is no tool "submit_final_plasmid" here; the tools are: /,
  ],
  ['an argument that is none', [['gibson', { pieces: ['egfp'] }]], /gibson: .*sequences/],
];

describe('what goes wrong', () => {
  it.each(ERRORS)('%s', (_, calls, says) => {
    const text = told(calls);
    expect(text).toMatch(/^Error: /);
    expect(text).toMatch(says);
  });

  it('costs nothing and ends nothing', () => {
    const { paid, outcome } = played([['view_sequence', { seq: 'nothing' }]]);
    expect([paid, outcome]).toEqual([{}, null]);
  });
});

describe('what Aviary gets wrong', () => {
  it('named primers are looked up, in bundles too', () => {
    const calls: Call[] = [
      ['merge', { seqs: ['forward', 'reverse'] }],
      ['simulate_pcr', { sequence: 'egfp', forward_primer_name: 'forward', reverse_primer_name: 'reverse primer' }],
    ];
    expect(told(calls)).toMatch(/740 bp linear DNA/);
  });

  it('several amplicons are told and stored', () => {
    const site = 'ACGTTGCAAGCTTGGATCCATCG';
    const template = `${site}${EGFP.slice(0, 100)}${site}${EGFP.slice(100, 300)}`;
    const reverse = reverseComplement(EGFP.slice(278, 300));
    const calls: Call[] = [['simulate_pcr', { sequence: template, forward_primer: site, reverse_primer: reverse }]];
    expect(told(calls)).toMatch(/^2 products:\namplicon-1: 223 bp.*\namplicon-2: 346 bp/);
  });

  it('DNA made of a protein is DNA, and the same every time', () => {
    const [first, second] = [1, 2].map(() => told([['optimize_translation', { sequence: 'tag' }]]));
    expect(first).toBe(second);
    expect(first).toMatch(/linear DNA/);
  });

  it('the same calls give the same keys', () => {
    const calls: Call[] = [
      ['enzyme_cut', { sequence: 'pUC19', enzyme: 'DraI' }],
      ['merge', { seqs: ['fragment-1', 'fragment-2'] }],
    ];
    expect(played(calls).texts).toEqual(played(calls).texts);
  });
});

describe('the store', () => {
  it('is shown whole after every step, long molecules by their ends', () => {
    const { view } = played([['enzyme_cut', { sequence: 'pUC19', enzyme: 'EcoRI, HindIII' }]]);
    const { store } = view.seen as { readonly store: readonly string[] };
    expect(store.map((line) => line.split(':')[0])).toEqual([
      ...MATERIALS.map(({ key }) => key),
      'fragment-1',
      'fragment-2',
    ]);
    const ends = `${PUC19.slice(0, 25)} ... ${PUC19.slice(-25)}`;
    expect(store[0]).toBe(`pUC19: 2686 bp circular DNA; ${ends}; features: around (misc_feature 2600-50)`);
    expect(store.at(-2)).toMatch(
      /^fragment-1: pUC19 \(397-447\), 51 bp linear DNA, left end 5' overhang AATT, right end 5' overhang AGCT; /,
    );
  });

  it('does not grow without end', () => {
    const many: Call[] = Array.from({ length: 40 }, () => [
      'enzyme_cut',
      { sequence: 'pUC19', enzyme: 'Sau3AI, AluI, HaeIII' },
    ]);
    expect(played(many, QUESTION, { maxSteps: 50 }).texts.at(-1)).toMatch(/^Error: the store is full/);
  });
});
