import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import type { Event } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json } from '../../src/core/json.js';
import { reverseComplement } from './dna/iupac.js';
import cloning from './index.js';
import { PUC19 } from './library/puc19.js';
import type { CloningTask } from './tasks/task.js';
import { type Call, EGFP, played, QUESTION, task, told } from './trial.testing.js';

// What each tool says of molecules whose facts stand elsewhere. Sources:
// [P] GenBank L09137.2, pUC19; C. Yanisch-Perron, J. Vieira, J. Messing, Gene 33 (1985) 103.
// [B] Biopython 1.88: Bio.Restriction, Bio.SeqUtils.MeltingTemp, Bio.Seq.translate. [D] pydna 5.5.16. [O] orfipy 0.0.4.
// [E] EGFP, GenBank U55762 and UniProt P42212. [A] Aviary's tool table: names, arguments, defaults.
const FACTS: readonly (readonly [tool: string, source: string, calls: readonly Call[], says: RegExp])[] = [
  [
    'plasmid_search',
    '[P]',
    [['plasmid_search', { query: 'pUC19' }]],
    /1 hit:\nplasmid-1: pUC19, 2686 bp circular DNA .*AmpR \(CDS 1626-2486, bottom strand\)/,
  ],
  [
    'plasmid_search',
    '[A] AND, OR, minus',
    [['plasmid_search', { query: 'kanamycin AND T7 -DsRed' }]],
    /1 hit:\nplasmid-1: pLud2-Kan/,
  ],
  [
    'gene_search',
    '[E]',
    [['gene_search', { query: 'green fluorescent' }]],
    /gene-1: EGFP, 720 bp linear DNA .*ATGGTGAGCAAGGGCGAGGAGCTGT \.\.\. CGGCATGGACGAGCTGTACAAGTAA/,
  ],
  [
    'gene_search',
    '[A] on the strand that codes',
    [['gene_search', { query: 'beta-lactamase' }]],
    /AmpR, 861 bp linear DNA .*ATGAGTATTCAACATTTCCGTGTCG/,
  ],
  [
    'annotate',
    '[P]',
    [['annotate', { sequence: 'pUC19' }]],
    /lacZ alpha \(CDS 146-469, bottom strand\).*ori \(rep_origin 867-1455, bottom strand\).*AmpR promoter \(promoter 2487-2591, bottom strand\)/,
  ],
  [
    'slice_sequence',
    '[A] 1 to 5 are bases 1 to 5',
    [['slice_sequence', { seqs: 'egfp', name: 'egfp', start: 1, end: 5 }]],
    /^slice-1: egfp 1-5, 5 bp linear DNA; ATGGT$/,
  ],
  [
    'slice_sequence',
    '[P] across the origin',
    [['slice_sequence', { seqs: 'pUC19', name: '', start: 2681, end: 6 }]],
    /12 bp linear DNA; TTCGTCTCGCGC; features: around \(misc_feature 1-12, bases 82-93 of its 137\)/,
  ],
  [
    'separate',
    '[B] HaeIII',
    [
      ['enzyme_cut', { sequence: 'pUC19', enzyme: 'HaeIII' }],
      ['merge', { seqs: ['fragment-1', 'fragment-5', 'fragment-8', 'fragment-8'] }],
      ['separate', { seqs: 'bundle-12' }],
    ],
    /^3 bands, in base pairs: 102, 80 \(2 molecules that no gel tells apart\), 18\nband-13: /,
  ],
  [
    'design_primers',
    '[B] Tm_NN, 59.9 and 59.7',
    [['design_primers', { sequence: 'egfp', forward_overhang_name: 'EcoRI', reverse_overhang: 'AAGCTT' }]],
    /^the forward primer anneals with 19 bases, 59\.9 degrees; the reverse primer anneals with 24 bases, 59\.7 degrees\nprimer-1: egfp forward, 25 bp linear DNA; GAATTCATGGTGAGCAAGGGCGAGG\nprimer-2: egfp reverse, 30 bp linear DNA; AAGCTTTTACTTGTACAGCTCGTCCATGCC\namplicon-3: egfp, 732 bp/,
  ],
  [
    'find_sequence_overlap',
    '[P] M13 forward primer',
    [['find_sequence_overlap', { sequence: 'pUC19', primer: 'GTAAAACGACGGCCAGT', reverse: false }]],
    /^379-395: all 17 bases of the primer, melting at 52\.8 degrees$/,
  ],
  [
    'find_sequence_overlap',
    '[P] M13 reverse primer',
    [['find_sequence_overlap', { sequence: 'pUC19', primer: 'CAGGAAACAGCTATGAC', reverse: true }]],
    /^465-481: all 17 bases/,
  ],
  [
    'find_sequence_overlap',
    '[A] a tail',
    [['find_sequence_overlap', { sequence: 'egfp', primer: 'forward', reverse: false }]],
    /^1-22: the last 22 of its 32 bases/,
  ],
  [
    'find_sequence_overlap',
    '[A] null',
    [['find_sequence_overlap', { sequence: 'egfp', primer: 'forward', reverse: true }]],
    /^null/,
  ],
  [
    'simulate_pcr',
    '[D]',
    [['simulate_pcr', { sequence: 'egfp', forward_primer: 'forward', reverse_primer_name: 'reverse primer' }]],
    /1 product:\namplicon-1: PCR of egfp, 740 bp linear DNA; GCGCGAATTCATGGTGAGCAAGGGC/,
  ],
  [
    'simulate_pcr',
    '[P] bases out of the cloning sites',
    [['simulate_pcr', { sequence: 'pUC19', forward_primer: 'GTAAAACGACGGCCAGT', reverse_primer: 'CAGGAAACAGCTATGAC' }]],
    /103 bp: the forward primer anneals to 379-395 \(17 bases, 52\.8 degrees\), the reverse primer to 465-481/,
  ],
  [
    'enzyme_cut',
    '[B]',
    [['enzyme_cut', { sequence: 'pUC19', enzyme: 'BspHI' }]],
    /3 fragments by BspHI, in base pairs: 1008, 105, 1573\n.*left end 5' overhang CATG, right end 5' overhang CATG/,
  ],
  [
    'enzyme_cut',
    '[D] EcoRI and HindIII',
    [['enzyme_cut', { sequence: 'pUC19', enzyme: 'EcoRI, HindIII' }]],
    /2 fragments by EcoRI and HindIII, in base pairs: 51, 2635/,
  ],
  [
    'find_orfs',
    '[O]',
    [['find_orfs', { sequence: 'pUC19', min_length: 300, strand: 0 }]],
    /3 open reading frames:\norf-1: 1626-2486, frame 6, other strand, 861 bases, 286 amino acids.*\norf-2: 186-542, frame 3, 357 bases, 118 amino acids.*\norf-3: 146-469/,
  ],
  [
    'gibson',
    '[D]',
    [
      ['enzyme_cut', { sequence: 'pUC19', enzyme: 'SmaI' }],
      [
        'design_primers',
        {
          sequence: 'egfp',
          forward_overhang: PUC19.slice(389, 414),
          reverse_overhang: reverseComplement(PUC19.slice(414, 439)),
        },
      ],
      ['gibson', { sequences: ['fragment-1', 'amplicon-4'] }],
    ],
    /1 product:\nassembly-5: 3406 bp circular DNA/,
  ],
  [
    'goldengate',
    '[D] BbsI',
    [
      [
        'simulate_pcr',
        {
          sequence: 'pUC19',
          forward_primer: `TTGAAGACAAGCTT${PUC19.slice(414, 434)}`,
          reverse_primer: `TTGAAGACAACATT${reverseComplement(PUC19.slice(394, 414))}`,
        },
      ],
      [
        'simulate_pcr',
        {
          sequence: 'egfp',
          forward_primer: `TTGAAGACAAAATG${EGFP.slice(3, 23)}`,
          reverse_primer: `TTGAAGACAAAAGC${reverseComplement(EGFP).slice(0, 20)}`,
        },
      ],
      ['goldengate', { sequences: ['amplicon-1', 'amplicon-2'], enzyme: 'BbsI' }],
    ],
    /1 product:\nassembly-3: 3411 bp circular DNA/,
  ],
  [
    'optimize_translation',
    '[B] HHHHHH is (CAT|CAC)6',
    [['optimize_translation', { sequence: 'tag' }]],
    /coding-1: tag optimised, 21 bp linear DNA; ATG(CA[CT]){6}$/,
  ],
  [
    'merge',
    '[A] one kind',
    [['merge', { seqs: ['egfp', 'tag'] }]],
    /^Error: a bundle holds molecules of one kind; these are DNA and a protein/,
  ],
  [
    'add',
    '[A] in place',
    [
      ['merge', { seqs: ['egfp'] }],
      ['add', { sequences: 'bundle-1', new_sequence: 'pUC19' }],
    ],
    /^bundle-1: bundle of 2\n {2}- egfp, 720 bp linear DNA.*\n {2}- pUC19, 2686 bp circular DNA/,
  ],
  [
    'view_translation',
    '[E] 20 a line, positions from 1',
    [['view_translation', { seq: 'egfp', start: 1, stop: 24 }]],
    /^ {5}1 M V S K G E E L F T G V V P I L V E L D\n {4}21 G D V N$/,
  ],
  [
    'view_sequence_stats',
    '[B] gc_fraction(pUC19) = 0.5063 (1,360 of 2,686)',
    [['view_sequence_stats', { seq: 'pUC19' }]],
    /^length 2686, 50\.63 % G and C, longest run of one letter: 7 \(T\)$/,
  ],
  [
    'view_restriction_sites',
    '[B] [P] the cloning sites',
    [['view_restriction_sites', { seq: 'pUC19' }]],
    /BamHI G\^GATCC: 417\n[\s\S]*EcoRI G\^AATTC: 396\n[\s\S]*HindIII A\^AGCTT: 447\n[\s\S]*PvuII CAG\^CTG: 306, 628\n/,
  ],
  ['view_sequence', '[E]', [['view_sequence', { seq: 'egfp' }]], new RegExp(`^${EGFP}$`)],
  [
    'ligate',
    '[D]',
    [
      ['simulate_pcr', { sequence: 'egfp', forward_primer: 'forward', reverse_primer: 'reverse' }],
      ['enzyme_cut', { sequence: 'amplicon-1', enzyme: 'EcoRI, HindIII' }],
      ['enzyme_cut', { sequence: 'pUC19', enzyme: 'EcoRI, HindIII' }],
      ['ligate', { sequences: ['fragment-3', 'fragment-6'] }],
    ],
    /1 product:\nassembly-7: 3361 bp circular DNA.*around \(misc_feature/,
  ],
];

describe('tools', () => {
  it.each(FACTS)('%s, %s', (_, __, calls, says) => {
    expect(told(calls)).toMatch(says);
  });

  it('each have a row', () => {
    const ends = ['submit_answer', 'submit_final_sequences', 'submit_final_plasmid', 'create_sequence', 'finish'];
    const rows = new Set(FACTS.map(([name]) => name));
    expect([...rows, ...ends].sort()).toEqual(Object.keys(cloning.spec.tools ?? {}).sort());
  });
});

const FREE = ['plasmid_search', 'view_sequence'];

const PLASMID = {
  circular: true,
  parts: [{ name: 'EGFP', dna: EGFP, protein: null }],
  frames: [],
  absent: [],
  minLength: 3300,
  maxLength: 3400,
  minGc: 0,
  maxGc: 100,
};

// SEE: the end tools of Aviary's cloning environment, by kind of task, and what they pay: 1 or 0 for an answer, the share of
// identical bases for sequences, the share of a rubric for a plasmid (`share` here).
const ENDS: readonly (readonly [
  what: string,
  given: CloningTask,
  calls: readonly Call[],
  outcome: string,
  paid: Json,
])[] = [
  ['a right letter', QUESTION, [['submit_answer', { answer: 'B' }]], 'right', { correct: 1, share: 1 }],
  ['the text of the option', QUESTION, [['submit_answer', { answer: ' Three' }]], 'right', { correct: 1, share: 1 }],
  ['a wrong letter', QUESTION, [['submit_answer', { answer: 'A' }]], 'wrong', { correct: 0, share: 0 }],
  ['two letters', QUESTION, [['submit_answer', { answer: 'A or B' }]], 'wrong', { correct: 0, share: 0 }],
  [
    'the right sequence',
    task({ submit: 'sequences', options: [], gold: { sequences: [EGFP] } }),
    [['submit_final_sequences', { final: 'egfp' }]],
    'right',
    { correct: 1, share: 1 },
  ],
  [
    'half of it',
    task({ submit: 'sequences', options: [], gold: { sequences: [EGFP] } }),
    [
      ['slice_sequence', { seqs: 'egfp', name: '', start: 1, end: 360 }],
      ['submit_final_sequences', { final: ['slice-1'] }],
    ],
    'partly right',
    { correct: 0, share: 0.5 },
  ],
  [
    'a plasmid that meets its goal',
    task({ submit: 'plasmid', options: [], gold: { goal: PLASMID } }),
    [
      ['simulate_pcr', { sequence: 'egfp', forward_primer: 'forward', reverse_primer: 'reverse' }],
      ['enzyme_cut', { sequence: 'amplicon-1', enzyme: 'EcoRI, HindIII' }],
      ['enzyme_cut', { sequence: 'pUC19', enzyme: 'EcoRI, HindIII' }],
      ['ligate', { sequences: ['fragment-3', 'fragment-6'] }],
      ['submit_final_plasmid', { final: 'assembly-7' }],
    ],
    'right',
    { correct: 1, share: 1 },
  ],
  [
    'a molecule written out',
    task({
      submit: 'goal',
      options: [],
      gold: { goal: { ...PLASMID, circular: false, minLength: 720, maxLength: 730 } },
      materials: [],
    }),
    [
      ['create_sequence', { name: 'mine', sequence: reverseComplement(EGFP) }],
      ['finish', {}],
    ],
    'right',
    { correct: 1, share: 1 },
  ],
];

describe('the end', () => {
  it.each(ENDS)('%s', (_, given, calls, outcome, paid) => {
    const end = played(calls, given);
    expect([end.outcome, end.texts.at(-1)]).toEqual([outcome, 'Handed in.']);
    expect(end.paid).toEqual(paid);
  });

  it('pays the share where the weights say so', () => {
    const given = task({ submit: 'sequences', options: [], gold: { sequences: [EGFP] } });
    const config = readConfig(cloning.spec, { preset: 'partial credit', set: { given: given as unknown as Json } });
    const episode = new Episode(cloning, config);
    episode.apply({ chance: 'mine' });
    episode.apply({ seats: { 0: [{ id: 'c', name: 'submit_final_sequences', args: { final: EGFP.slice(0, 180) } }] } });
    expect(episode.returns()).toEqual([0.25]);
  });

  it('each kind of task has its own ways to hand in', () => {
    const ends = (submit: CloningTask['submit']) => played([], task({ submit })).view.tools.slice(20);
    expect([ends('answer'), ends('sequences'), ends('plasmid'), ends('goal')]).toEqual([
      ['submit_answer'],
      ['submit_final_sequences'],
      ['submit_final_plasmid'],
      ['create_sequence', 'finish'],
    ]);
    expect(played([]).view.tools).toEqual(expect.arrayContaining(FREE));
  });

  it('tells each kind of event to everyone, and what is right only then', () => {
    const { events } = played([
      ['view_sequence', { seq: 'tag' }],
      ['submit_answer', { answer: 'A' }],
    ]);
    for (const { to } of events) expect(to).toBe('all');
    expect(events.map(({ kind }) => kind)).toEqual(['task', 'result', 'result', 'solution']);
    expect(cloning.say(events.at(-1) as Event, 0)).toBe('It is over: wrong. The right answer is B) three.');
    expect(played([['view_sequence', { seq: 'tag' }]]).view.solution).toBeNull();
  });
});
