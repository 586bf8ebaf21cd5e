import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import { Episode } from '../../src/core/episode.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import environment from './index.js';
import { taskOf } from './tasks.js';

/** HIV-1 capsid, C-terminal domain. SEE: wwPDB entry 1A8O. */
const capsid = taskOf('capsid', readFileSync(new URL('./structures/1a8o.pdb', import.meta.url), 'utf8'));
const GIVEN = {
  ...capsid,
  // Two relatives and a paper to have something to look up.
  family: [capsid, capsid].map(() => `L${'-'.repeat(69)}`),
  papers: [{ title: 'Thermal melting', text: 'The capsid domain melts at sixty degrees.' }],
};

type Call = readonly [name: string, args: Json];
const complete = (...mutations: string[]): Call => ['complete', { mutations }];

interface Played {
  readonly texts: readonly string[];
  readonly reward: number;
  readonly outcome: string | null;
  readonly asked: readonly Json[];
}

/** Plays one step of calls. @param answers to what they ask the outside */
function played(calls: readonly Call[], set: JsonObject = { given: GIVEN }, answers: readonly Json[] = []): Played {
  const config = readConfig(environment.spec, { set });
  const episode = new Episode(environment, config);
  const { turn: dealing } = episode;
  if (dealing.kind !== 'chance' || !('outcomes' in dealing)) throw new Error('the task is to be named');
  episode.apply({ chance: dealing.outcomes[0]?.[0] as Json });
  episode.apply({ seats: { 0: calls.map(([name, args], at) => ({ id: `c${at}`, name, args })) } });
  const asked = episode.turn.kind === 'call' ? episode.turn.requests : [];
  if (asked.length > 0) episode.apply({ answers });
  const { turn } = episode;
  return {
    texts: episode.log.flatMap((event) => (event.kind === 'result' ? [event.text as string] : [])),
    reward: episode.returns()[0] as number,
    outcome: turn.kind === 'over' ? turn.outcome : null,
    asked,
  };
}

const SEQUENCE = 'MDIRQGPKEPFRDYVDRFYKTLRAEQASQEVKNWMTETLLVQNANPDCKTILKALGPGATLEEMMTACQG';

// What each tool tells of 1A8O. SEE: mdtraj 1.11.1 (letters), Bio.PDB and ProtParam of Biopython 1.88 (distances,
// properties), BLOSUM62 of NCBI, Pace and Scholtz 1998, the SSBOND record of the entry, Black and Mould 1991.
const TOLD: readonly [tool: string, args: JsonObject, text: RegExp][] = [
  ['get_secondary_structure', {}, /------TTS-HHHHHHHHHHHHHTTT--HHHHHHHHHTHHHHTS-HHHH/],
  ['get_bond_types_between', { residues: [47, 67], bond_type: 'disulfide_bonds' }, /C47\.SG C67\.SG" distance="2\.04"/],
  ['get_bond_types_between', { residues: [8, 16], bond_type: 'salt_bridges' }, /E8\.OE2 R16\.NE" distance="2\.81"/],
  ['get_bond_types_between', { residues: [8, 12], bond_type: 'repulsive_ionic_bonding' }, /distance="5\.49"/],
  ['get_bond_types_between', { residues: [10, 13], bond_type: 'pi_stacking' }, /distance="5\.75" planes="61"/],
  ['get_bond_types_between', { residues: [13, 16], bond_type: 'pi_cation' }, /^<bonds type="pi_cation"\/>$/],
  ['get_bond_types_between', { residues: [10, 14], bond_type: 'hydrogen_bonds' }, /F10\.O V14\.N"/],
  ['get_distance_between_residues', { residues: [0, 69] }, /^M0 - G69: 23\.65$/],
  ['get_distance_between_residues', { residues: [47, 67] }, /^C47 - C67: 5\.66, side chains touch$/],
  ['get_residue_at_position', { residues: [33] }, /^W33 \(chain A, number 184\): polar, aromatic; buried /],
  ['get_residue_at_position', { residues: [1] }, /^D1 \(chain A, number 152\): acidic, charged, polar; buried 0\.00$/],
  [
    'get_mutated_sequence',
    { mutations: ['0A', '69W'] },
    /mutant: {4}ADIRQGPKEPFRDYVDRFYKTLRAEQASQEVKNWMTETLLVQNANPDCKTILKALGPGATLEEMMTACQW$/,
  ],
  ['compute_llr', { mutations: ['33A'] }, /^W33A: -4\.85; helix propensity -0\.49 kcal\/mol$/],
  ['compute_llr', { mutations: ['0L'] }, /^M0L: -1\.04$/],
  ['get_sequence_properties', {}, /^wild type: length 70; .*weight 7979\.1 Da; /],
  ['search_literature_about_the_protein', {}, /^Thermal melting\. The capsid domain melts/],
  [
    'search_scientific_literature',
    { question: 'How much does proline cost in a helix?' },
    /Pace and Scholtz.*more than 3/,
  ],
  ['search_scientific_literature', { question: 'When does it melt?' }, /^Thermal melting/],
  [
    'search_scientific_literature',
    { question: 'which residues cap helices?' },
    /^Helix capping \(Aurora and Rose, 1998\)/,
  ],
  ['search_scientific_literature', { question: 'zzz' }, /^No papers were found\.$/],
  ['find_conserved_residues_precomputed', {}, /M0: L 100%, D1: gaps alone/],
];

describe('tools', () => {
  it.each(TOLD)('%s %j', (tool, args, text) => {
    expect(played([[tool, args]]).texts[0]).toMatch(text);
  });

  it('take whom they are asked about in the protein, and nothing else', () => {
    const residues = { residues: [0, 70] };
    expect(played([['get_residue_at_position', residues]]).texts[0]).toMatch(
      /^Error: there is no position 70; .* 0 to 69$/,
    );
    expect(played([['get_distance_between_residues', { residues: [-1, 3] }]]).texts[0]).toMatch(/no position -1/);
    expect(played([['get_distance_between_residues', { residues: [3, 3] }]]).texts[0]).toMatch(/two different/);
    const many = { residues: Array.from({ length: 11 }, (_, at) => at), bond_type: 'pi_cation' };
    expect(played([['get_bond_types_between', many]]).texts[0]).toMatch(/^Error: .*10/);
    expect(played([['get_bond_types_between', { residues: [1], bond_type: 'glue' }]]).texts[0]).toMatch(/salt_bridges/);
  });

  // SEE: FreeSASA 2.2.1, accessible share of the side chains of 1A8O, times Black and Mould's hydrophobicity beyond
  // glycine's, added up over side chains within 10 angstroms: the twenty residues with the most.
  it('know the sticky places: twenty, of which most are those that accessible surface gives', () => {
    const exposed = [39, 51, 53, 17, 54, 56, 66, 47, 50, 37, 46, 68, 38, 52, 44, 49, 40, 36, 55, 67];
    const rows = (played([['compute_hydrophobicity_score', {}]]).texts[0] as string).split('\n');
    const scores = rows.map((row) => Number(row.split(': ')[1]));
    expect(scores).toEqual([...scores].sort((x, y) => y - x));
    const told = rows.map((row) => Number(/^[A-Z](\d+):/.exec(row)?.[1]));
    expect(new Set(told).size).toBe(20);
    expect(told.filter((position) => exposed.includes(position)).length).toBeGreaterThanOrEqual(11);
  });
});

const REFUSED: readonly [what: string, mutations: string[], says: RegExp][] = [
  ['none', [], /0 mutations .* at least 3 and at most 7/],
  ['two', ['0A', '1A'], /2 mutations .* at least 3 and at most 7/],
  ['eight', ['0A', '1A', '2A', '3A', '4A', '5A', '6A', '7A'], /8 mutations .* at most 7/],
  ['a position beyond the end', ['0A', '1A', '70A'], /no position 70; positions go from 0 to 69/],
  ['a negative position', ['0A', '1A', '-1A'], /no position -1/],
  ['minus nothing', ['1A', '2A', '-0A'], /no position 0|no position -0/],
  ['a position twice', ['0A', '1A', '1C'], /position 1 is named twice/],
  ['the residue that is there', ['0A', '1A', '2I'], /"2I" changes nothing: I stands at position 2 already/],
  ['a letter that is no amino acid', ['0A', '1A', '2B'], /B is no amino acid/],
  ['the old residue in front', ['M0A', '1A', '2A'], /"M0A" is no mutation: .*"17C"/],
  ['no number', ['A', '1A', '2A'], /"A" is no mutation/],
];

describe('complete', () => {
  it.each(REFUSED)('refuses %s and goes on', (_, mutations, says) => {
    const { texts, outcome, reward } = played([complete(...mutations)]);
    expect(texts[0]).toMatch(/^Error: /);
    expect(texts[0]).toMatch(says);
    expect({ outcome, reward }).toEqual({ outcome: null, reward: 0 });
  });

  it('takes three to seven, in small letters too, and ends', () => {
    for (const mutations of [
      ['45E', '55E', '57e'],
      ['1A', '3A', '4A', '8A', '12A', '15A', '24A'],
    ]) {
      const { texts, outcome } = played([complete(...mutations)]);
      expect(texts[0]).toMatch(/ddG -?\d+\.\d\d kcal\/mol \(burial .*charge -?\d+\.\d\d\)$/);
      expect(outcome).not.toBeNull();
    }
  });

  it('pays once: what is called after it is not run', () => {
    const { texts } = played([complete('1P', '2P', '3P'), complete('1A', '3A', '4A')]);
    expect(texts[1]).toBe('not run: it was over');
  });

  it('pays nothing for prolines in the middle of helices', () => {
    const { reward, outcome, texts } = played([complete('14P', '32P', '65P')]);
    expect({ reward, outcome }).toEqual({ reward: 0, outcome: 'not more stable' });
    expect(texts[0]).toMatch(/ddG [5-9]|ddG 1\d/);
  });

  it('pays 1 for any gain where that is what is played for', () => {
    const set = { given: GIVEN, reward: 'binary' };
    const gain = played([complete('36A', '31L', '5A')], set);
    const [, ddG] = /ddG (-?[\d.]+)/.exec(gain.texts[0] as string) as RegExpExecArray;
    expect(gain.reward).toBe(Number(ddG) < 0 ? 1 : 0);
    expect(played([complete('14P', '32P', '65P')], set).reward).toBe(0);
  });
});

describe('a score from outside', () => {
  const set = { given: GIVEN, scorer: 'outside', fullMarks: 8 };
  const handed = [complete('0A', '1A', '2A')];

  it('is asked with the structure and the mutations', () => {
    const [request] = played(handed, set, [{ ddg: -2 }]).asked as { [field: string]: Json }[];
    expect(request).toMatchObject({ ask: 'ddg', sequence: SEQUENCE, mutations: ['0A', '1A', '2A'] });
    expect(request?.structure).toMatch(/^ATOM {6}1 {2}N {3}MET A 151 /);
  });

  it('pays the gain as a share of full marks', () => {
    expect(played(handed, set, [{ ddg: -2 }]).reward).toBe(0.25);
    expect(played(handed, set, [{ ddg: -20 }]).reward).toBe(1);
    expect(played(handed, set, [{ ddg: 0 }])).toMatchObject({ reward: 0, outcome: 'not more stable' });
    expect(played(handed, { ...set, reward: 'binary' }, [{ ddg: -0.1 }]).reward).toBe(1);
  });

  const failures: readonly [what: string, answer: Json][] = [
    ['an error', { error: 'the service answered with status 503' }],
    ['an error with a number', { error: 'half done', ddg: -5 }],
    ['no number', { ddg: 'low' }],
    ['nothing', null],
    ['a list', [1]],
  ];
  it.each(failures)('that fails with %s is told and pays nothing, and the task goes on', (_, answer) => {
    const { texts, reward, outcome } = played(handed, set, [answer]);
    expect(texts[0]).toMatch(/^Error: the score could not be worked out: .*Nothing was handed in/);
    expect({ reward, outcome }).toEqual({ reward: 0, outcome: null });
  });

  it('is not asked for what is refused', () => {
    expect(played([complete('0A')], set).asked).toEqual([]);
  });
});

describe('a configuration', () => {
  const refused: readonly [what: string, set: JsonObject, says: RegExp][] = [
    ['a task beyond its split', { split: 'val', task: 1000 }, /0 to 999/],
    ['a structure that is none', { given: { structure: 'HELLO' } }, /no protein/],
    [
      'a protein of three residues',
      { given: { structure: GIVEN.structure.split('\n').slice(0, 25).join('\n') } },
      /it has 3 residues; 7 to 1500/,
    ],
    [
      'relatives of another length',
      { given: { ...GIVEN, family: ['MD'] } },
      /sequence 0 has 2 letters; the protein has 70/,
    ],
  ];
  it.each(refused)('is refused with %s', (_, set, says) => {
    expect(() => readConfig(environment.spec, { set })).toThrow(says);
  });

  it('comes from a structure file', () => {
    const bytes = readFileSync(new URL('./structures/1as5.cif', import.meta.url));
    const read = environment.tasks?.read?.({ name: '1as5.cif', bytes });
    expect(read).toMatchObject({ tasks: [{ id: '1as5', split: 'given' }], bad: [] });
  });
});
