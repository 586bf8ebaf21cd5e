import { bareBundle, bundle } from './bundle.js';
import type { Coil } from './crick.js';
import { COILS, sitesOn } from './library.js';
import { readMmcif } from './mmcif.js';
import { readPdb } from './pdb.js';
import { bestOf, type Found } from './search.js';
import { secondaryStructure } from './secondary.js';
import { sitesOf } from './sites.js';
import type { Fold } from './stability.js';
import { type Structure, sequenceOf } from './structure.js';
import type { ProteinTask } from './types.js';

/** Everything that follows from a task, each part worked out when it is first asked for. */
export interface Protein {
  /** The backbone, with side chains where they come for nothing. */
  readonly backbone: Structure;
  /** With side chains. */
  readonly structure: Structure;
  readonly fold: Fold;
  /** A letter of secondary structure for each residue. */
  readonly letters: string;
  readonly best: Found;
}

/** The protein in the text of a PDB or mmCIF file. @throws UserError where there is none */
export function readStructure(text: string): Structure {
  return /^\s*(#[^\n]*\s+)*data_/i.test(text) || text.includes('_atom_site.') ? readMmcif(text) : readPdb(text);
}

const known = new WeakMap<ProteinTask, Protein>();

/** The protein of a task. */
export function proteinOf(task: ProteinTask): Protein {
  let protein = known.get(task);
  if (protein === undefined) {
    protein = task.backbone === null ? elsewhere(task) : generated(task, task.backbone);
    known.set(task, protein);
  }
  return protein;
}

function generated({ sequence }: ProteinTask, backbone: number): Protein {
  const coil = COILS[backbone] as Coil;
  return worked(
    { sites: sitesOn(backbone), sequence },
    () => bareBundle(coil, sequence),
    () => bundle(coil, sequence),
  );
}

function elsewhere({ structure: text }: ProteinTask): Protein {
  const structure = readStructure(text);
  const fold = { sites: sitesOf(structure), sequence: sequenceOf(structure) };
  return worked(
    fold,
    () => structure,
    () => structure,
  );
}

function worked(fold: Fold, backbone: () => Structure, structure: () => Structure): Protein {
  const once = { backbone: kept(backbone), structure: kept(structure) };
  const letters = kept(() => secondaryStructure(once.backbone()));
  const best = kept(() => bestOf(fold));
  return {
    fold,
    get backbone() {
      return once.backbone();
    },
    get structure() {
      return once.structure();
    },
    get letters() {
      return letters();
    },
    get best() {
      return best();
    },
  };
}

/** A value worked out when it is first asked for. */
function kept<T>(make: () => T): () => T {
  let value: { readonly made: T } | null = null;
  return () => {
    value ??= { made: make() };
    return value.made;
  };
}
