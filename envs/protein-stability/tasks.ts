import { type Rng, stream } from '../../src/core/rng.js';
import type { TaskSet } from '../../src/core/task/contract.js';
import type { TaskFile, TasksRead } from '../../src/core/tasks.js';
import { textOf } from '../../src/core/tasks.js';
import { designed } from './design.js';
import { decoys, relatives } from './family.js';
import { spoilt } from './flaws.js';
import { papersOn } from './papers.js';
import { writePdb } from './pdb.js';
import { readStructure } from './protein.js';
import type { ProteinTask } from './types.js';

export const SIZES = { train: 8000, val: 1000, test: 1000 } as const;

/** The protein of a task's number: the same on every machine, for it is drawn from a stream named after its id. */
function at(split: string, index: number): ProteinTask {
  const id = `${split}_${index}`;
  const rng = stream('protein-stability', id);
  const design = designed(rng);
  const { sequence, planted } = spoilt(design, rng);
  const fold = { sites: design.sites, sequence };
  const wrong = decoys(fold, planted, rng);
  const family = relatives(fold, planted, wrong, rng);
  const name = named(rng);
  const papers = papersOn({ name, backbone: design.backbone, sequence }, planted, wrong, rng);
  return { id, split, name, backbone: design.backbone, sequence, structure: '', family, papers, planted };
}

const STARTS = ['Vel', 'Tor', 'Mar', 'Lin', 'Kes', 'Ond', 'Par', 'Hel', 'Sav', 'Rud', 'Fen', 'Cor'];
const MIDDLES = ['a', 'o', 'i', 'e', 'ami', 'ora', 'ido', 'ena'];
const ENDS = ['bin', 'dulin', 'trin', 'lexin', 'cin', 'min', 'gulin', 'stin'];

function named(rng: Rng): string {
  return `${rng.pick(STARTS)}${rng.pick(MIDDLES)}${rng.pick(ENDS)}-${1 + rng.below(9)}`;
}

/**
 * A structure file as a task: PDB or mmCIF, whichever it is.
 * @throws UserError where no protein can be read
 */
function read(file: TaskFile): TasksRead<ProteinTask> {
  const name = file.name.replace(/\.[a-z]+$/i, '');
  return { tasks: [{ ...taskOf(name, textOf(file)), id: name }], bad: [] };
}

/** A protein from elsewhere as a task. @param text of a PDB or mmCIF file */
export function taskOf(name: string, text: string): ProteinTask {
  const structure = readStructure(text);
  // NOTE: the old format has one letter for a chain; a file whose chains have longer names stays as it is.
  const short = structure.every(({ chain }) => chain.length === 1) ? writePdb(structure) : text;
  return { id: name, split: 'given', name, ...FROM_ELSEWHERE, structure: short };
}

const FROM_ELSEWHERE = { backbone: null, sequence: '', family: [], papers: [], planted: [] };

export const tasks: TaskSet<ProteinTask> = { sizes: SIZES, at, read };
