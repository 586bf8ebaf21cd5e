import type { TaskTool } from '../../../src/core/task/contract.js';
import type { Config } from '../config.js';
import type { CloningTask, Submission } from '../tasks/task.js';
import type { World } from '../world.js';
import { add, merge, separate, sliceSequence } from './bundles.js';
import { findOrfs, optimizeTranslation } from './coding.js';
import { enzymeCut, gibson, goldengate, ligate } from './cut.js';
import { createSequence, finish, submitAnswer, submitFinalPlasmid, submitFinalSequences } from './finish.js';
import { designPrimers, findSequenceOverlap, simulatePcr } from './primers.js';
import { annotate, geneSearch, plasmidSearch } from './search.js';
import { viewRestrictionSites, viewSequence, viewSequenceStats, viewTranslation } from './views.js';

type Tools = { readonly [name: string]: TaskTool<CloningTask, World, Config> };

/** Tools of every task, under the names and arguments that agents of Aviary know; `ligate` is ours. */
const WORK: Tools = {
  plasmid_search: plasmidSearch,
  gene_search: geneSearch,
  annotate,
  slice_sequence: sliceSequence,
  separate,
  design_primers: designPrimers,
  find_sequence_overlap: findSequenceOverlap,
  simulate_pcr: simulatePcr,
  enzyme_cut: enzymeCut,
  find_orfs: findOrfs,
  gibson,
  goldengate,
  optimize_translation: optimizeTranslation,
  merge,
  add,
  view_translation: viewTranslation,
  view_sequence_stats: viewSequenceStats,
  view_restriction_sites: viewRestrictionSites,
  view_sequence: viewSequence,
  ligate,
};

const ENDS: { readonly [submission in Submission]: Tools } = {
  answer: { submit_answer: submitAnswer },
  sequences: { submit_final_sequences: submitFinalSequences },
  plasmid: { submit_final_plasmid: submitFinalPlasmid },
  goal: { create_sequence: createSequence, finish },
};

export const tools: Tools = Object.assign({}, WORK, ...Object.values(ENDS)) as Tools;

/** The tools that a task comes with. */
export function offered({ submit }: CloningTask): string[] {
  return [...Object.keys(WORK), ...Object.keys(ENDS[submit])];
}
