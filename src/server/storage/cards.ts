import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { lines } from '../../../replays/read.js';
import { messageOf, UserError } from '../../core/errors.js';
import type { MatchCard } from '../matches/match.js';

/** Where in which file a record stands, in bytes. */
const place = z.object({ file: z.string(), at: z.number(), bytes: z.number() });
export type Place = z.infer<typeof place>;

const entry = z.union([
  z.object({ card: z.looseObject({ id: z.string(), game: z.string(), version: z.string() }) }),
  z.object({ finished: place.extend({ match: z.string() }) }),
  z.object({ wiped: z.string() }),
]);

/** All matches as the file of their cards has them. */
export interface Known {
  readonly cards: Map<string, MatchCard>;
  /** Where the records of finished matches were put, or were about to be. */
  readonly places: Map<string, Place>;
  /** Matches that were let go of. */
  readonly wiped: Set<string>;
  /** Where the last whole line ends. */
  readonly size: number;
  /** Whether a torn line follows. */
  readonly torn: boolean;
}

export function cardLine(card: MatchCard): string {
  return `${JSON.stringify({ card })}\n`;
}

export function placeLine(match: string, where: Place): string {
  return `${JSON.stringify({ finished: { match, ...where } })}\n`;
}

export function wipedLine(match: string): string {
  return `${JSON.stringify({ wiped: match })}\n`;
}

/** Reads the file of cards. The last word on each match counts. @throws UserError naming a line that is none */
export async function readCards(file: string): Promise<Known> {
  const known = { cards: new Map(), places: new Map(), wiped: new Set<string>(), size: 0, torn: false };
  let number = 0;
  for await (const { text, whole } of lines(file)) {
    number++;
    if (!whole) return { ...known, torn: true };
    take(known, text, `${file}:${number}`);
    known.size += Buffer.byteLength(text) + 1;
  }
  return known;
}

function take(known: Pick<Known, 'cards' | 'places' | 'wiped'>, text: string, where: string): void {
  const read = parsed(text, where);
  if ('card' in read) known.cards.set(read.card.id, read.card as unknown as MatchCard);
  else if ('finished' in read) {
    const { match, ...at } = read.finished;
    known.places.set(match, at);
  } else {
    known.cards.delete(read.wiped);
    known.places.delete(read.wiped);
    known.wiped.add(read.wiped);
  }
}

function parsed(text: string, where: string): z.infer<typeof entry> {
  try {
    return entry.parse(JSON.parse(text));
  } catch (error) {
    throw new UserError(`${where} is not a line about a match: ${messageOf(error)}`);
  }
}

/** Writes the file of cards anew with what is left of it, whole or not at all. */
export function rewriteCards(file: string, { cards, places }: Pick<Known, 'cards' | 'places'>): void {
  const fd = openSync(`${file}.new`, 'w');
  for (const card of cards.values()) writeSync(fd, cardLine(card));
  for (const [match, where] of places) if (cards.has(match)) writeSync(fd, placeLine(match, where));
  fsyncSync(fd);
  closeSync(fd);
  renameSync(`${file}.new`, file);
}
