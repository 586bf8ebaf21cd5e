import { messageOf } from '../../../src/core/errors.js';
import { bad, good, type Read } from '../../../src/core/read.js';
import { merged } from './features.js';
import { readLetters } from './iupac.js';
import { readLocation, writeLocation } from './location.js';
import { type Feature, type Kind, molecule, type Overhang, type Sequence } from './sequence.js';

/**
 * Records of a GenBank flat file. A feature of several stretches (`join`) gives one feature a stretch, except that one
 * which runs over the origin of a circle stays whole. Overhangs and parts of features are kept in a comment and notes
 * that `writeGenbank` makes.
 * SEE: GenBank release notes, section 3.4; the DDBJ/ENA/GenBank feature table, version 11.
 */
export function readGenbank(text: string): Read<Sequence[]> {
  const records = text.split(/^\/\/\s*$/m).filter((record) => record.trim() !== '');
  if (records.length === 0) return bad('unparsable', 'there is no record: GenBank begins with a LOCUS line');
  const sequences: Sequence[] = [];
  for (const [at, record] of records.entries()) {
    try {
      sequences.push(recordOf(record));
    } catch (error) {
      return bad('unparsable', `record ${at + 1}: ${messageOf(error)}`);
    }
  }
  return good(sequences);
}

function recordOf(record: string): Sequence {
  const locus = /^LOCUS[ \t]+(.*)$/m.exec(record)?.[1];
  if (locus === undefined) throw new SyntaxError('there is no LOCUS line');
  const origin = /^ORIGIN.*$/m.exec(record);
  if (origin === null) throw new SyntaxError('there is no ORIGIN with the sequence');
  const type = typeOf(locus);
  const circular = /\bcircular\b/i.test(locus);
  const head = record.slice(0, origin.index);
  const sequence = readLetters(record.slice(origin.index + origin[0].length), 'dna' === type ? 'dna' : type);
  const table = /^FEATURES.*$/m.exec(head);
  const features =
    table === null ? [] : featuresOf(head.slice(table.index + table[0].length), sequence.length, circular);
  return molecule(sequence, {
    name: locus.split(/\s+/)[0] ?? '',
    description: fieldOf(head, 'DEFINITION').replace(/\.$/, ''),
    type,
    circular,
    features: merged(features, circular ? sequence.length : null),
    left: overhangOf(head, 'left'),
    right: overhangOf(head, 'right'),
  });
}

function typeOf(locus: string): Kind {
  if (/\b\d+ aa\b/.test(locus)) return 'protein';
  return /\s\S*RNA\s/.test(locus) ? 'rna' : 'dna';
}

/** A field of the head with the lines that go on with it. */
function fieldOf(head: string, name: string): string {
  const found = new RegExp(`^${name}[ \\t]+(.*(?:\\r?\\n[ \\t]+.*)*)`, 'm').exec(head)?.[1] ?? '';
  return found.replace(/\s+/g, ' ').trim();
}

function overhangOf(head: string, side: string): Overhang | null {
  const found = new RegExp(`^COMMENT[ \\t]+Overhang ${side} ([53])' ([A-Z]+)`, 'm').exec(head);
  return found === null ? null : { kind: `${found[1]}'` as Overhang['kind'], bases: found[2] as string };
}

/** NOTE: a feature's key stands in column 6, everything that belongs to it further right. */
function featuresOf(table: string, length: number, circular: boolean): Feature[] {
  const entries = table.split(/^ {1,8}(?=\S)/m).filter((entry) => entry.trim() !== '');
  return entries.flatMap((entry) => {
    const [, type, rest] = /^(\S+)\s+([\s\S]*)$/.exec(entry) ?? [];
    if (type === undefined || type === 'source') return [];
    const [place = '', ...notes] = (rest as string).split(/\r?\n?[ \t]*\/(?=[A-Za-z_]+(?:=|\s|$))/);
    const qualifiers = qualifiersOf(notes);
    const name = NAMES.map((key) => qualifiers.get(key)).find((value) => value !== undefined) ?? type;
    const part = /^bases (\d+)-\d+ of (\d+)$/.exec(qualifiers.get('part') ?? '');
    const kept = part === null ? {} : { part: { from: Number(part[1]) - 1, of: Number(part[2]) } };
    return readLocation(place.replace(/\s+/g, ''), length, circular).map((span) => ({ ...span, type, name, ...kept }));
  });
}

/** Qualifiers that name a feature, the best first. */
const NAMES = ['label', 'gene', 'product', 'standard_name', 'bound_moiety', 'note'];

function qualifiersOf(notes: readonly string[]): Map<string, string> {
  const pairs = notes.map((note): [string, string] => {
    const at = note.indexOf('=');
    if (at < 0) return [note.trim(), ''];
    return [note.slice(0, at).trim(), unquoted(note.slice(at + 1))];
  });
  return new Map(pairs.reverse());
}

function unquoted(value: string): string {
  const text = value.replace(/\s*\r?\n\s*/g, ' ').trim();
  return text.replace(/^"/, '').replace(/"$/, '').replaceAll('""', '"');
}

/** A record of a GenBank flat file. Blanks in a name become underscores, for the format has no room for them. */
export function writeGenbank(sequence: Sequence): string {
  const { name, description, type, circular, sequence: letters, features, left, right } = sequence;
  const unit = type === 'protein' ? 'aa' : 'bp';
  const kind = type === 'protein' ? '   ' : type.toUpperCase();
  const locus = `LOCUS       ${plain(name).padEnd(16)} ${String(letters.length).padStart(11)} ${unit}    ${kind.padEnd(7)} ${circular ? 'circular' : 'linear  '} SYN 01-JAN-1980`;
  const comments = [comment('left', left), comment('right', right)].flat();
  return [
    locus,
    `DEFINITION  ${description.replace(/\s+/g, ' ')}.`,
    ...comments,
    'FEATURES             Location/Qualifiers',
    ...features.flatMap((feature) => featureLines(feature, circular ? letters.length : null)),
    'ORIGIN',
    ...originLines(letters),
    '//',
    '',
  ].join('\n');
}

function plain(name: string): string {
  return name === '' ? 'unnamed' : name.trim().replace(/\s+/g, '_');
}

function comment(side: string, overhang: Overhang | null): string[] {
  return overhang === null ? [] : [`COMMENT     Overhang ${side} ${overhang.kind} ${overhang.bases}`];
}

function featureLines(feature: Feature, turn: number | null): string[] {
  const { type, name, part, start, end } = feature;
  const quoted = name.replaceAll('"', '""').replace(/\s+/g, ' ');
  const note =
    part === undefined
      ? []
      : [`${' '.repeat(21)}/part="bases ${part.from + 1}-${part.from + end - start} of ${part.of}"`];
  return [`     ${type.padEnd(16)}${writeLocation(feature, turn)}`, `${' '.repeat(21)}/label="${quoted}"`, ...note];
}

function originLines(letters: string): string[] {
  const lines = letters.toLowerCase().match(/.{1,60}/g) ?? [];
  return lines.map((line, at) => `${String(at * 60 + 1).padStart(9)} ${(line.match(/.{1,10}/g) ?? []).join(' ')}`);
}
