import { UserError } from '../../src/core/errors.js';
import { letterOf, nameOf } from './amino.js';
import type { Vector } from './geometry.js';
import type { Residue, Structure } from './structure.js';

/** One atom as a structure file has it. */
export interface AtomRow {
  readonly atom: string;
  readonly residue: string;
  readonly chain: string;
  readonly number: string;
  /** Mark of an alternative place; '' where there is but one. */
  readonly alternative: string;
  readonly occupancy: number;
  readonly place: Vector;
}

const BACKBONE = ['N', 'CA', 'C', 'O'];

/**
 * The protein in a file of the Protein Data Bank's old format: its first model, amino acids alone. Of alternative places
 * the likeliest is taken; water, ions, ligands and hydrogens are left out, and so are residues without a whole backbone.
 * SEE: wwPDB, "Atomic Coordinate Entry Format", version 3.3, ATOM and HETATM.
 * @throws UserError with the line, where an atom can't be read, and where there is no protein
 */
export function readPdb(text: string): Structure {
  const rows: AtomRow[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith('ENDMDL')) break;
    if (!/^(ATOM {2}|HETATM)/.test(line)) continue;
    const row = rowOf(line, at + 1);
    if (row !== null) rows.push(row);
  }
  return residuesOf(rows);
}

function rowOf(line: string, number: number): AtomRow | null {
  const field = (from: number, to: number) => line.slice(from - 1, to).trim();
  if (letterOf(field(18, 20)) === null || isHydrogen(field(77, 78), field(13, 16))) return null;
  const [x, y, z] = [field(31, 38), field(39, 46), field(47, 54)].map(Number) as [number, number, number];
  const isWhole = line.length >= 54 && field(31, 38) !== '' && [x, y, z].every(Number.isFinite);
  if (!isWhole || field(23, 26) === '')
    throw new UserError(`line ${number} is no atom: columns 23-26 take a residue number, 31-54 three coordinates`);
  return {
    ...{ atom: field(13, 16), residue: field(18, 20), chain: field(22, 22) || '_', number: field(23, 27) },
    ...{ alternative: field(17, 17), occupancy: Number(field(55, 60)) || 0, place: [x, y, z] },
  };
}

export function isHydrogen(element: string, atom: string): boolean {
  return element === '' ? /^\d*[HD]/.test(atom) : element === 'H' || element === 'D';
}

/** The residues that rows of atoms make up. @throws UserError where none is whole */
export function residuesOf(rows: readonly AtomRow[]): Structure {
  const groups = new Map<string, AtomRow[]>();
  for (const row of rows) {
    const key = `${row.chain} ${row.number}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const residues = [...groups.values()].map(residueOf).filter((residue) => residue !== null);
  if (residues.length > 0) return residues;
  throw new UserError('there is no protein in it: no amino acid has all of the atoms N, CA, C and O');
}

function residueOf(rows: readonly AtomRow[]): Residue | null {
  const best = likeliest(rows);
  const kept = rows.filter(({ alternative }) => alternative === '' || alternative === best);
  const atoms: { [name: string]: Vector } = {};
  // NOTE: selenium of selenomethionine stands where the sulphur of methionine would.
  for (const { atom, place } of kept) atoms[atom === 'SE' ? 'SD' : atom] ??= place;
  if (BACKBONE.some((name) => atoms[name] === undefined)) return null;
  const { residue, chain, number } = (kept[0] ?? rows[0]) as AtomRow;
  return { amino: letterOf(residue) as string, chain, number, atoms };
}

function likeliest(rows: readonly AtomRow[]): string {
  const marked = rows.filter(({ alternative }) => alternative !== '');
  return marked.reduce((best, row) => (row.occupancy > best.occupancy ? row : best), marked[0] ?? NOTHING).alternative;
}

const NOTHING = { alternative: '', occupancy: 0 };

/** The same structure as a file of ATOM lines that `readPdb` and other programs read. */
export function writePdb(structure: Structure): string {
  const lines: string[] = [];
  for (const { amino, chain, number, atoms } of structure) {
    for (const [name, place] of Object.entries(atoms)) {
      const serial = String((lines.length + 1) % 100_000).padStart(5);
      const padded = name.length < 4 ? ` ${name.padEnd(3)}` : name;
      const numbered = /[A-Z]$/i.test(number) ? number.padStart(5) : `${number.padStart(4)} `;
      const xyz = place.map((value) => value.toFixed(3).padStart(8)).join('');
      const element = name.slice(0, 1).padStart(12);
      lines.push(
        `ATOM  ${serial} ${padded} ${nameOf(amino)} ${chain.slice(0, 1)}${numbered}   ${xyz}  1.00  0.00${element}`,
      );
    }
  }
  return [...lines, 'END', ''].join('\n');
}
