import { UserError } from '../../src/core/errors.js';
import { letterOf } from './amino.js';
import type { Vector } from './geometry.js';
import { type AtomRow, isHydrogen, residuesOf } from './pdb.js';
import type { Structure } from './structure.js';

/**
 * The protein in a PDBx/mmCIF file: its first model, amino acids alone, chains and numbers as authors give them.
 * SEE: wwPDB, PDBx/mmCIF dictionary, category atom_site; S. R. Hall, J. D. Westbrook, Int. Tables Cryst. G (2006) 2.2.
 * @throws UserError where the table of atoms is missing, lacks a column or is broken off, and where there is no protein
 */
export function readMmcif(text: string): Structure {
  const { columns, rows } = atomTable(text);
  const column = (...names: string[]): number => {
    const at = columns.findIndex((name) => names.includes(name));
    if (at < 0) throw new UserError(`the table of atoms has no column _atom_site.${names[0]}`);
    return at;
  };
  const optional = (name: string) => columns.indexOf(name);
  const at: Columns = {
    ...{ atom: column('label_atom_id', 'auth_atom_id'), residue: column('label_comp_id', 'auth_comp_id') },
    chain: optional('auth_asym_id') < 0 ? column('label_asym_id') : optional('auth_asym_id'),
    number: optional('auth_seq_id') < 0 ? column('label_seq_id') : optional('auth_seq_id'),
    ...{ x: column('Cartn_x'), y: column('Cartn_y'), z: column('Cartn_z') },
    ...{ insertion: optional('pdbx_PDB_ins_code'), alternative: optional('label_alt_id') },
    ...{ occupancy: optional('occupancy'), element: optional('type_symbol'), model: optional('pdbx_PDB_model_num') },
  };
  const model = rows[0]?.[at.model];
  const first = rows.filter((row) => row[at.model] === model);
  return residuesOf(first.map((row, number) => rowOf(row, number, at)).filter((row) => row !== null));
}

type Columns = {
  readonly [name in
    | 'atom'
    | 'residue'
    | 'chain'
    | 'number'
    | 'x'
    | 'y'
    | 'z'
    | 'insertion'
    | 'alternative'
    | 'occupancy'
    | 'element'
    | 'model']: number;
};

function rowOf(row: readonly string[], number: number, at: Columns): AtomRow | null {
  const field = (column: number) => known(row[column]);
  if (letterOf(field(at.residue)) === null || isHydrogen(field(at.element), field(at.atom))) return null;
  const place = [at.x, at.y, at.z].map((column) => Number(row[column])) as unknown as Vector;
  if (!place.every(Number.isFinite)) throw new UserError(`row ${number + 1} of the table of atoms has no coordinates`);
  return {
    ...{ atom: field(at.atom), residue: field(at.residue), chain: field(at.chain) || '_' },
    number: `${field(at.number)}${field(at.insertion)}`,
    ...{ alternative: field(at.alternative), occupancy: Number(field(at.occupancy)) || 0, place },
  };
}

/** A value, or '' for the marks of unknown and inapplicable ones. */
function known(value: string | undefined): string {
  return value === undefined || value === '.' || value === '?' ? '' : value;
}

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function atomTable(text: string): Table {
  const words = wordsOf(text);
  const start = words.findIndex(({ text, bare }) => bare && text.startsWith('_atom_site.'));
  if (start < 0) throw new UserError('there is no table of atoms (_atom_site) in it');
  const columns: string[] = [];
  let at = start;
  for (; words[at]?.bare === true && words[at]?.text.startsWith('_atom_site.') === true; at++)
    columns.push((words[at] as Word).text.slice('_atom_site.'.length));
  const values: string[] = [];
  for (let word = words[at]; word !== undefined && !endsTable(word); word = words[++at]) values.push(word.text);
  if (values.length % columns.length !== 0) throw new UserError('the table of atoms is broken off within a row');
  const rows = Array.from({ length: values.length / columns.length }, (_, row) =>
    values.slice(row * columns.length, (row + 1) * columns.length),
  );
  return { columns, rows };
}

function endsTable({ text, bare }: Word): boolean {
  return bare && /^(_|loop_$|data_|save_|stop_$)/i.test(text);
}

/** A word of the file; `bare`: not quoted, so that it may be a name or a keyword. */
interface Word {
  readonly text: string;
  readonly bare: boolean;
}

/** NOTE: a quote ends a word only before white space, so that atom names such as O5' need none. */
const WORD = /^;([\s\S]*?)\r?\n;|#[^\n]*|'((?:[^'\n]|'(?!\s|$))*)'|"((?:[^"\n]|"(?!\s|$))*)"|(\S+)/gm;

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const [, block, single, double, bare] of text.matchAll(WORD)) {
    const quoted = block ?? single ?? double;
    if (quoted !== undefined) words.push({ text: quoted, bare: false });
    else if (bare !== undefined) words.push({ text: bare, bare: true });
  }
  return words;
}
