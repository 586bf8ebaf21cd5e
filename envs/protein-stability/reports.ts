import { UserError } from '../../src/core/errors.js';
import { type Amino, classesOf, HELIX_COST } from './amino.js';
import { type BondType, bondsAmong } from './bonds.js';
import { middleOf, TOUCH } from './energy.js';
import { columnsOf } from './family.js';
import { distance, type Vector } from './geometry.js';
import { chainsOf } from './language.js';
import { checkPosition, written } from './mutations.js';
import { blosum62 } from './pair-tables.js';
import { patches } from './patches.js';
import { type Properties, propertiesOf } from './properties.js';
import type { Protein } from './protein.js';
import type { Site } from './sites.js';
import type { Fold, Mutation } from './stability.js';
import { labelOf } from './structure.js';
import type { Paper } from './types.js';

/** Half-bits to natural logarithms. */
const HALF_BIT = Math.LN2 / 2;

/** How usual each exchange is, and what it does inside a helix. */
export function exchanges({ sequence, sites }: Fold, mutations: readonly Mutation[]): string {
  return mutations
    .map((mutation) => {
      const { position, amino } = mutation;
      const wild = sequence[position] as Amino;
      const ratio = HALF_BIT * (blosum62(wild, amino) - blosum62(wild, wild));
      const cost = (HELIX_COST[amino] as number) - (HELIX_COST[wild] as number);
      const helix = (sites[position] as Site).place === 'helix' ? `; helix propensity ${signed(cost)} kcal/mol` : '';
      return `${wild}${written(mutation)}: ${signed(ratio)}${helix}`;
    })
    .join('\n');
}

export function bonds({ structure }: Protein, positions: readonly number[], type: BondType): string {
  checkPositions(structure.length, positions);
  const found = bondsAmong(structure, positions, type).map(({ positions: pair, atoms, distance, planes }) => {
    const ends = pair.map((position, at) => `${structure[position]?.amino}${position}.${atoms[at]}`);
    const rings = planes === undefined ? '' : ` planes="${planes.toFixed(0)}"`;
    return `  <bond between="${ends.join(' ')}" distance="${distance.toFixed(2)}"${rings}/>`;
  });
  return found.length === 0 ? `<bonds type="${type}"/>` : [`<bonds type="${type}">`, ...found, '</bonds>'].join('\n');
}

/** Residues a line, so that positions can be counted. */
const ROW = 50;

export function secondary({ letters, backbone }: Protein): string {
  return chainsOf(backbone)
    .flatMap(({ chain, first, sequence }) => rowsOf(chain, first, sequence, letters))
    .join('\n');
}

function rowsOf(chain: string, first: number, sequence: string, letters: string): string[] {
  const rows: string[] = [];
  for (let at = 0; at < sequence.length; at += ROW) {
    const head = `chain ${chain}, from ${first + at}: `;
    rows.push(
      head + sequence.slice(at, at + ROW),
      ' '.repeat(head.length) + letters.slice(first + at, first + at + Math.min(ROW, sequence.length - at)),
    );
  }
  return rows;
}

export function properties(protein: Protein, mutations: readonly Mutation[], withWild: boolean): string {
  const wild = chainsOf(protein.backbone).map(({ sequence }) => sequence);
  const lines = [`mutant: ${propertyWords(propertiesOf(mutantChains(protein, mutations)))}`];
  if (withWild || mutations.length === 0) lines.push(`wild type: ${propertyWords(propertiesOf(wild))}`);
  return lines.slice(mutations.length === 0 ? 1 : 0).join('\n');
}

function propertyWords(properties: Properties): string {
  const { length, helix, turn, sheet, aromaticity, charged, charge, weight } = properties;
  const { instability, isoelectricPoint, gravy, extinction, chargeDecoration } = properties;
  return [
    `length ${length}`,
    `helix ${helix.toFixed(3)}, turn ${turn.toFixed(3)}, sheet ${sheet.toFixed(3)}`,
    `aromaticity ${aromaticity.toFixed(3)}`,
    `charged ${charged.toFixed(3)}, charge at pH 7.4 ${signed(charge)}`,
    `weight ${weight.toFixed(1)} Da`,
    `instability index ${instability.toFixed(2)}`,
    `isoelectric point ${isoelectricPoint.toFixed(2)}`,
    `GRAVY ${gravy.toFixed(3)}`,
    `extinction ${extinction[0]} reduced, ${extinction[1]} bridged`,
    `sequence charge decoration ${chargeDecoration.toFixed(3)}`,
  ].join('; ');
}

function mutantChains({ backbone, fold }: Protein, mutations: readonly Mutation[]): string[] {
  const letters = [...fold.sequence];
  for (const { position, amino } of mutations) letters[position] = amino;
  const all = letters.join('');
  return chainsOf(backbone).map(({ first, sequence }) => all.slice(first, first + sequence.length));
}

export function distances({ fold, backbone }: Protein, positions: readonly number[]): string {
  checkPositions(backbone.length, positions);
  const chosen = [...new Set(positions)];
  if (chosen.length < 2) throw new UserError('a distance takes at least two different positions');
  const side = (position: number): Vector => middleOf(fold.sites[position] as Site, fold.sequence[position] as Amino);
  const lines = chosen.flatMap((one, index) =>
    chosen.slice(index + 1).map((other) => {
      const far = distance((fold.sites[one] as Site).alpha, (fold.sites[other] as Site).alpha);
      const touch = distance(side(one), side(other)) < TOUCH ? ', side chains touch' : '';
      return `${fold.sequence[one]}${one} - ${fold.sequence[other]}${other}: ${far.toFixed(2)}${touch}`;
    }),
  );
  return lines.join('\n');
}

const TOP = 20;

export function sticky(fold: Fold): string {
  const ranked = patches(fold)
    .map((score, position) => ({ score, position }))
    .sort((x, y) => y.score - x.score || x.position - y.position);
  return ranked
    .slice(0, TOP)
    .map(({ score, position }) => `${fold.sequence[position]}${position}: ${signed(score)}`)
    .join('\n');
}

export function residues({ backbone, fold }: Protein, positions: readonly number[]): string {
  checkPositions(backbone.length, positions);
  return positions
    .map((position) => {
      const { burial } = fold.sites[position] as Site;
      const classes = classesOf(fold.sequence[position] as Amino).join(', ');
      return `${labelOf(backbone, position)}: ${classes}; buried ${burial.toFixed(2)}`;
    })
    .join('\n');
}

export function mutant(protein: Protein, mutations: readonly Mutation[]): string {
  const after = mutantChains(protein, mutations);
  return chainsOf(protein.backbone)
    .map(
      ({ chain, first, sequence }, at) =>
        `chain ${chain}, from ${first}\nwild type: ${sequence}\nmutant:    ${after[at]}`,
    )
    .join('\n');
}

export function papers(papers: readonly Paper[]): string {
  if (papers.length === 0) return 'No papers were found.';
  return papers.map(({ title, text }) => `${title}. ${text}`).join('\n');
}

/** Columns told in one line. */
const A_LINE = 10;

export function conserved({ fold }: Protein, family: readonly string[]): string {
  if (family.length === 0) return 'No relatives of this protein are known here.';
  const rows = columnsOf(family).map((column, position) => {
    const told = column === null ? 'gaps alone' : `${column.amino} ${(100 * column.share).toFixed(0)}%`;
    return `${fold.sequence[position]}${position}: ${told}`;
  });
  const lines = Array.from({ length: Math.ceil(rows.length / A_LINE) }, (_, at) =>
    rows.slice(at * A_LINE, (at + 1) * A_LINE).join(', '),
  );
  return `Of ${family.length} relatives, the residue here and the commonest among them:\n${lines.join('\n')}`;
}

function checkPositions(length: number, positions: readonly number[]): void {
  const stand = 'x'.repeat(length);
  for (const position of positions) checkPosition(stand, position);
}

function signed(value: number): string {
  return `${value < -0.004 ? '' : '+'}${Math.abs(value) < 0.005 ? '0.00' : value.toFixed(2)}`;
}
