import { isObject, type Json } from '../../src/core/json.js';
import type { Config } from './config.js';
import { TERMS } from './energy.js';
import { proteinOf } from './protein.js';
import { FEWEST, MOST } from './search.js';
import type { Structure } from './structure.js';
import type { ProteinTask } from './types.js';

/** A chain and the positions its residues have, counted from 0 over all chains. */
export interface Chain {
  readonly chain: string;
  readonly first: number;
  readonly sequence: string;
}

export function chainsOf(structure: Structure): Chain[] {
  const chains: Chain[] = [];
  for (const [position, { chain, amino }] of structure.entries()) {
    const open = chains.at(-1);
    if (open?.chain === chain) chains[chains.length - 1] = { ...open, sequence: open.sequence + amino };
    else chains.push({ chain, first: position, sequence: amino });
  }
  return chains;
}

export function ask(task: ProteinTask): string {
  const chains = chainsOf(proteinOf(task).backbone);
  const length = chains.reduce((sum, { sequence }) => sum + sequence.length, 0);
  const lines = chains.map(
    ({ chain, first, sequence }) => `chain ${chain}, positions ${first} to ${first + sequence.length - 1}: ${sequence}`,
  );
  return [
    `Make ${task.name} more stable by at least ${FEWEST} and at most ${MOST} mutations, and hand them in with complete.`,
    'A mutation is a position and the letter of the new residue: "17C" puts a C at position 17.',
    `Positions count from 0 over all chains: the ${length} residues are 0 to ${length - 1}.`,
    ...lines,
  ].join('\n');
}

export function rules({ reward, scorer, maxSteps, maxCalls, fullMarks }: Config): string {
  const measure =
    scorer === 'model' ? 'the best gain that a search over mutations finds' : `a gain of ${fullMarks} kcal/mol`;
  const graded =
    reward === 'binary'
      ? 'The reward is 1 if ddG is below 0, else 0.'
      : `The reward is the gain, -ddG, as a share of ${measure}, at least 0 and at most 1.`;
  const terms = Object.values(TERMS).join('; ');
  const scored =
    scorer === 'model'
      ? `ddG is worked out on the structure from published energies: ${terms}. The backbone stays as it is.`
      : 'ddG comes from a service outside; if it fails nothing is handed in, and complete may be called again.';
  return [
    'You are given a protein and change some of its residues so that its fold becomes more stable.',
    `Hand in ${FEWEST} to ${MOST} mutations with complete; that ends the task, and it is paid once. What is refused (too few or too many, a position that is not there or named twice, the residue that is there already) costs a call and ends nothing.`,
    'A mutation is written "17C": the position, counted from 0 over all chains, and the letter of the new residue.',
    `ddG is the change in the energy of folding, kcal/mol; below 0 is more stable. ${scored}`,
    graded,
    'Tools tell of the wild type as it is. Papers count residues from 1 in each chain, and not all that is written bears on stability.',
    `There are ${maxSteps} steps of at most ${maxCalls} calls.`,
  ].join('\n');
}

/** What is to be seen of the protein at every turn. */
export function view(task: ProteinTask): Json {
  return { name: task.name, chains: chainsOf(proteinOf(task).backbone) } as unknown as Json;
}

export function saySolution(solution: Json): string {
  if (!isObject(solution)) return '';
  const { best, ddG, planted } = solution as { best: string; ddG: number; planted: readonly string[] };
  const flaws = planted.length === 0 ? '' : ` Weaknesses put in: ${planted.join('; ')}.`;
  return `The best found: ${best}, ddG ${ddG.toFixed(2)} kcal/mol.${flaws}`;
}
