import type { MatchCard } from '../../matches/match.js';
import type { ChatLine } from '../../wire/wire.js';

/** What a match's journal is asked to write; it can have failed since. */
export interface Writer {
  readonly match: string;
  readonly failed: boolean;
  fail(error: unknown): void;
}

interface MatchWork {
  readonly writer: Writer;
  /** Lines before this number go. */
  clearTo: number;
  readonly lines: [number, string][];
  record: { readonly line: string; readonly isPrivate: boolean } | null;
}

/** What was written between two flushes. */
export class Work {
  readonly #cards = new Map<string, MatchCard>();
  readonly #wiped = new Set<string>();
  readonly #matches = new Map<string, MatchWork>();
  readonly #said: (readonly [match: string, n: number, line: string])[] = [];

  card(card: MatchCard): void {
    this.#cards.set(card.id, card);
    this.#wiped.delete(card.id);
  }

  wipe(match: string): void {
    this.#cards.delete(match);
    this.#wiped.add(match);
  }

  say(match: string, n: number, line: ChatLine): void {
    this.#said.push([match, n, JSON.stringify(line)]);
  }

  line(writer: Writer, n: number, line: string): void {
    this.#match(writer).lines.push([n, line]);
  }

  /** @param to the number that the next line will have */
  clear(writer: Writer, to: number): void {
    const work = this.#match(writer);
    work.clearTo = to;
    work.lines.length = 0;
  }

  finish(writer: Writer, record: { readonly line: string; readonly isPrivate: boolean }): void {
    this.#match(writer).record = record;
  }

  /** Whoever wrote here has lost it. */
  fail(error: unknown): void {
    for (const { writer } of this.#matches.values()) writer.fail(error);
  }

  /** The parameters of `FLUSH`. NOTE: what comes after a gap could not be read, so nothing of a failed writer goes. */
  values(): unknown[] {
    const works = [...this.#matches.values()].filter(({ writer }) => !writer.failed);
    const cleared = [
      ...works.filter(({ clearTo }) => clearTo > 0).map(({ writer, clearTo }) => [writer.match, clearTo] as const),
      ...[...this.#wiped].map((match) => [match, Number.MAX_SAFE_INTEGER] as const),
    ];
    const records = works.flatMap(({ writer, record }) => (record === null ? [] : [{ ...record, writer }]));
    const kept = works.filter(({ writer }) => !this.#wiped.has(writer.match));
    const lines = kept.flatMap((work) => work.lines.map(([n, line]) => [work.writer.match, n, line] as const));
    const said = this.#said.filter(([match]) => !this.#wiped.has(match));
    return [
      ...[cleared.map(([match]) => match), cleared.map(([, to]) => to)],
      [...this.#wiped],
      ...[[...this.#cards.keys()], [...this.#cards.values()].map((card) => JSON.stringify(card))],
      ...[records.map(({ line }) => idOf(line)), records.map(({ writer }) => writer.match)],
      ...[records.map(({ isPrivate }) => isPrivate), records.map(({ line }) => line)],
      ...[lines.map(([match]) => match), lines.map(([, n]) => n), lines.map(([, , line]) => line)],
      ...[said.map(([match]) => match), said.map(([, n]) => n), said.map(([, , line]) => line)],
    ];
  }

  #match(writer: Writer): MatchWork {
    const work = this.#matches.get(writer.match) ?? { writer, clearTo: 0, lines: [], record: null };
    this.#matches.set(writer.match, work);
    return work;
  }
}

function idOf(record: string): string {
  return (JSON.parse(record) as { id: string }).id;
}
