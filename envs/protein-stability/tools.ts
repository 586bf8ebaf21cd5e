import { z } from 'zod';
import type { Rng } from '../../src/core/rng.js';
import { type TaskTool, taskTool } from '../../src/core/task/contract.js';
import { AMINO } from './amino.js';
import { BOND_TYPES, type BondType } from './bonds.js';
import { complete } from './complete.js';
import type { Config } from './config.js';
import { found } from './knowledge.js';
import { readMutations } from './mutations.js';
import { proteinOf } from './protein.js';
import * as report from './reports.js';
import { LETTERS } from './secondary.js';
import type { ProteinTask } from './types.js';

type Tool = TaskTool<ProteinTask, null, Config>;

/** The most residues of one call that tells of each pair. */
const PAIRED = 10;
const LISTED = 40;

const mutations = z
  .array(z.string().max(40))
  .min(1)
  .max(50)
  .describe('mutations such as "17C": the position, counted from 0 over all chains, and the letter of the new residue');

function residues(most: number) {
  return z
    .array(z.number().int())
    .min(1)
    .max(most)
    .describe(`positions, counted from 0 over all chains; at most ${most}`);
}

function samplePositions(rng: Rng): number[] {
  return Array.from({ length: 2 + rng.below(4) }, () => rng.below(90));
}

function sampleMutations(rng: Rng): string[] {
  return Array.from({ length: 3 + rng.below(4) }, () => `${rng.below(80)}${rng.pick([...AMINO])}`);
}

const QUESTIONS = [
  'buried polar residues',
  'helix capping',
  'cavities in the core',
  'charges and salt',
  'melting point',
];

export const tools: { readonly [name: string]: Tool } = {
  compute_llr: taskTool({
    description:
      'compute_llr(mutations): for each mutation how usual the exchange is in evolution: the BLOSUM62 score of the new residue less that of keeping the old one, as a natural logarithm (0 is as usual as no change, most are below), and what it does to helix propensity. No language model is asked.',
    args: z.object({ mutations }),
    sample: (rng) => ({ mutations: sampleMutations(rng) }),
    run: ({ task }, args) => {
      const { fold } = proteinOf(task);
      return { text: report.exchanges(fold, readMutations(fold.sequence, args.mutations)) };
    },
  }),
  get_bond_types_between: taskTool({
    description: `get_bond_types_between(residues, bond_type): the bonds of a kind among at most ${PAIRED} residues, as XML. Kinds: ${Object.entries(
      BOND_TYPES,
    )
      .map(([type, says]) => `${type} (${says})`)
      .join('; ')}.`,
    args: z.object({
      residues: residues(PAIRED),
      bond_type: z.enum(Object.keys(BOND_TYPES) as [BondType, ...BondType[]]).describe('the kind of bonds'),
    }),
    sample: (rng) => ({ residues: samplePositions(rng), bond_type: rng.pick(Object.keys(BOND_TYPES)) }),
    run: ({ task }, args) => ({ text: report.bonds(proteinOf(task), args.residues, args.bond_type) }),
  }),
  get_secondary_structure: taskTool({
    description: `get_secondary_structure(): a letter for each residue, as DSSP gives them: ${Object.entries(LETTERS)
      .map(([letter, says]) => `${letter} ${says}`)
      .join(', ')}.`,
    args: z.object({}),
    sample: () => ({}),
    run: ({ task }) => ({ text: report.secondary(proteinOf(task)) }),
  }),
  get_sequence_properties: taskTool({
    description:
      'get_sequence_properties(mutations, return_wt): what the sequence of the mutant tells: length, shares of residues usual in helices, turns and sheets, aromaticity, charged share and charge at pH 7.4, weight, instability index, isoelectric point, GRAVY, extinction, sequence charge decoration.',
    args: z.object({
      mutations: mutations.min(0).default([]),
      return_wt: z.boolean().default(false).describe('whether to tell the same of the wild type beside it'),
    }),
    sample: (rng) => ({ mutations: sampleMutations(rng), return_wt: rng.below(2) === 0 }),
    run: ({ task }, args) => {
      const protein = proteinOf(task);
      const read = readMutations(protein.fold.sequence, args.mutations);
      return { text: report.properties(protein, read, args.return_wt) };
    },
  }),
  get_distance_between_residues: taskTool({
    description: `get_distance_between_residues(residues): distances between the alpha carbons of at most ${PAIRED} residues, angstroms, and which pairs of side chains touch.`,
    args: z.object({ residues: residues(PAIRED) }),
    sample: (rng) => ({ residues: samplePositions(rng) }),
    run: ({ task }, args) => ({ text: report.distances(proteinOf(task), args.residues) }),
  }),
  compute_hydrophobicity_score: taskTool({
    description:
      'compute_hydrophobicity_score(): the 20 residues about which the surface is most hydrophobic (spatial aggregation propensity), highest first; above 0 the surface is sticky.',
    args: z.object({}),
    sample: () => ({}),
    run: ({ task }) => ({ text: report.sticky(proteinOf(task).fold) }),
  }),
  get_residue_at_position: taskTool({
    description: `get_residue_at_position(residues): for each of at most ${LISTED} positions the residue, its chain and number there, its classes, and how buried the place is (0 surface, 1 core).`,
    args: z.object({ residues: residues(LISTED) }),
    sample: (rng) => ({ residues: samplePositions(rng) }),
    run: ({ task }, args) => ({ text: report.residues(proteinOf(task), args.residues) }),
  }),
  get_mutated_sequence: taskTool({
    description: 'get_mutated_sequence(mutations): the sequence before and after the mutations, chain by chain.',
    args: z.object({ mutations }),
    sample: (rng) => ({ mutations: sampleMutations(rng) }),
    run: ({ task }, args) => {
      const protein = proteinOf(task);
      return { text: report.mutant(protein, readMutations(protein.fold.sequence, args.mutations)) };
    },
  }),
  search_scientific_literature: taskTool({
    description:
      'search_scientific_literature(question): the three passages that fit the words of a question best, from papers on this protein and on protein stability in general. Papers count residues from 1 in each chain.',
    args: z.object({ question: z.string().min(1).max(1000).describe('a question, or words to look for') }),
    sample: (rng) => ({ question: rng.pick(QUESTIONS) }),
    run: ({ task }, args) => ({ text: report.papers(found(args.question, task.papers)) }),
  }),
  search_literature_about_the_protein: taskTool({
    description: 'search_literature_about_the_protein(): what papers say about this protein.',
    args: z.object({}),
    sample: () => ({}),
    run: ({ task }) => ({ text: report.papers(task.papers) }),
  }),
  find_conserved_residues_precomputed: taskTool({
    description:
      'find_conserved_residues_precomputed(): for each position the commonest residue among relatives of the protein and its share. What is conserved may be so for stability or for function.',
    args: z.object({}),
    sample: () => ({}),
    run: ({ task }) => ({ text: report.conserved(proteinOf(task), task.family) }),
  }),
  complete,
};
