import type { Strand } from './sequence.js';

/** A stretch of a molecule: from 0, `end` not included, past the length where it crosses the origin. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly strand: Strand;
}

/**
 * The stretches of a location of the feature table: `5..20`, `complement(5..20)`, `join(90..100,1..5)`, with or without
 * `<` and `>`. @throws SyntaxError on what is none, or lies outside the molecule
 */
export function readLocation(text: string, length: number, circular: boolean): Span[] {
  const spans = spansOf(text, 1, length, circular);
  return circular ? acrossOrigin(spans, length) : spans;
}

function spansOf(text: string, strand: Strand, length: number, circular: boolean): Span[] {
  const group = /^(complement|join|order)\((.*)\)$/.exec(text);
  if (group !== null) {
    const inner = group[2] as string;
    if (group[1] === 'complement') return spansOf(inner, strand === 1 ? -1 : 1, length, circular);
    return listed(inner).flatMap((part) => spansOf(part, strand, length, circular));
  }
  const [, first, last] = /^<?(\d{1,9})(?:(?:\.\.|\^|\.)>?(\d{1,9}))?>?$/.exec(text) ?? [];
  if (first === undefined) throw new SyntaxError(`"${text.slice(0, 60)}" is no location of the feature table`);
  const start = Number(first) - 1;
  const end = Number(last ?? first);
  if (start < 0 || start >= length || end < 1 || end > length)
    throw new SyntaxError(`the location ${text} lies outside of 1..${length}`);
  if (end > start) return [{ start, end, strand }];
  if (circular) return [{ start, end: end + length, strand }];
  throw new SyntaxError(`the location ${text} runs backwards on a linear molecule`);
}

/** The parts of a list, commas inside brackets aside. */
function listed(text: string): string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at <= text.length; at++) {
    const letter = text[at];
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter === undefined || (depth === 0 && letter === ',')) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return parts;
}

/** A stretch that ends at the last base and one on its strand that begins at the first are one across the origin. */
function acrossOrigin(spans: readonly Span[], length: number): Span[] {
  const before = spans.find(({ end }) => end === length);
  const after = spans.find(({ start, strand }) => start === 0 && strand === before?.strand);
  if (before === undefined || after === undefined || before === after) return [...spans];
  const rest = spans.filter((span) => span !== before && span !== after);
  return [...rest, { start: before.start, end: length + after.end, strand: before.strand }];
}

/** A stretch as the feature table has it. @param turn the length of a circle; null on a line */
export function writeLocation({ start, end, strand }: Span, turn: number | null): string {
  const plain = turn !== null && end > turn ? `join(${start + 1}..${turn},1..${end - turn})` : `${start + 1}..${end}`;
  return strand === 1 ? plain : `complement(${plain})`;
}
