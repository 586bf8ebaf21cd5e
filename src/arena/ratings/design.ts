import { contestsOf, type Met, pairsOf, type Side } from './contests.js';
import type { Row } from './logistic.js';
import { Reach } from './reach.js';
import type { GameResult, SeatResult } from './result.js';

export interface DesignOptions {
  /**
   * How a side of several seats is strong: `mean`, by the mean of its seats' ratings, a game being one contest; or
   * `pairs`, each seat against each seat of the other side. The same where each side is of one agent.
   */
  readonly teams?: 'mean' | 'pairs';
  /** Gives labelled sides an advantage of their own, such as moving first. */
  readonly advantage?: boolean;
  /** Rates an agent apart in each of its sides or roles. */
  readonly split?: 'side' | 'role';
}

/** What is rated: an agent, or an agent in one side or role. */
export interface Item {
  readonly agent: string;
  readonly group: string | null;
}

/** A share of a row that one block won and played. */
interface Counted {
  readonly row: number;
  readonly won: number;
  readonly played: number;
}

/** Results as a logistic regression: columns are items, then the labels of sides. */
export interface Design {
  readonly items: readonly Item[];
  readonly labels: readonly string[];
  /** Number of the set of sides, each of which met the others, that a label belongs to: one game's sides, as a rule. */
  readonly labelParts: readonly number[];
  readonly rows: readonly Row[];
  readonly blocks: readonly (readonly Counted[])[];
}

interface Term {
  readonly column: string;
  readonly coefficient: number;
}

/** Builds the design of rated games. */
export function designOf(games: readonly GameResult[], options: DesignOptions): Design {
  const items = new Map(games.flatMap(({ seats }) => seats.map((seat) => [keyOf(seat, options), seat] as const)));
  const keys = [...items.keys()].sort();
  const labels = options.advantage === true && options.split === undefined ? labelsOf(games) : [];
  const columns = new Map([...keys, ...labels.map(labelKey)].map((key, column) => [key, column]));
  const rows = new Rows(columns);
  const blocks = new Map<string, Counted[]>();
  for (const [index, game] of games.entries()) {
    const name = game.block === null ? `game ${index}` : `block ${game.block}`;
    const block = blocks.get(name) ?? [];
    blocks.set(name, block);
    for (const { score, weight, terms } of metIn(game, options, labels.length > 0)) {
      const counted = rows.count(terms, score, weight);
      if (counted !== null) block.push(counted);
    }
  }
  return {
    items: keys.map((key) => itemOf(items.get(key) as SeatResult, options)),
    labels,
    labelParts: partsOf(labels, games),
    rows: rows.list,
    blocks: [...blocks.values()],
  };
}

/** Which item a seat plays for, as a key. */
export function keyOf(seat: SeatResult, options: DesignOptions): string {
  const { agent, group } = itemOf(seat, options);
  return JSON.stringify([agent, group]);
}

function itemOf(seat: SeatResult, { split }: DesignOptions): Item {
  return { agent: seat.agent, group: split === undefined ? null : (seat[split] ?? seat.side) };
}

function labelsOf(games: readonly GameResult[]): string[] {
  const labels = new Set(games.flatMap(({ seats }) => seats.map(({ side }) => side)));
  return [...labels].filter((label) => label !== null).sort();
}

function partsOf(labels: readonly string[], games: readonly GameResult[]): number[] {
  const at = new Map(labels.map((label, index) => [label, index]));
  const met = games.flatMap(contestsOf).flatMap(({ one, other }): [number, number][] => {
    const [from, to] = [at.get(one.label ?? ''), at.get(other.label ?? '')];
    return from === undefined || to === undefined ? [] : [[from, to]];
  });
  return labels.length === 0 ? [] : new Reach(labels.length, met).parts();
}

function labelKey(label: string): string {
  return JSON.stringify([label]);
}

function* metIn(game: GameResult, options: DesignOptions, advantage: boolean) {
  const met: Met<Side>[] = options.teams === 'pairs' ? pairsOf(game).map(asSides) : contestsOf(game);
  for (const { one, other, score, weight } of met) {
    const terms = [...termsOf(one, 1, options), ...termsOf(other, -1, options)];
    if (advantage && one.label !== null && other.label !== null) {
      terms.push({ column: labelKey(one.label), coefficient: 1 }, { column: labelKey(other.label), coefficient: -1 });
    }
    yield { score, weight, terms };
  }
}

function asSides({ one, other, score, weight }: Met<SeatResult>): Met<Side> {
  const side = (seat: SeatResult): Side => ({ label: seat.side, seats: [seat] });
  return { one: side(one), other: side(other), score, weight };
}

function termsOf({ seats }: Side, sign: number, options: DesignOptions): Term[] {
  return seats.map((seat) => ({ column: keyOf(seat, options), coefficient: sign / seats.length }));
}

/** Rows by what they are made of, each once. */
class Rows {
  readonly list: Row[] = [];
  readonly #columns: ReadonlyMap<string, number>;
  readonly #known = new Map<string, number>();

  constructor(columns: ReadonlyMap<string, number>) {
    this.#columns = columns;
  }

  /** Null when the terms cancel out: an agent against itself tells nothing. */
  count(terms: readonly Term[], score: number, weight: number): Counted | null {
    const entries = this.#entries(terms);
    const first = entries[0];
    if (first === undefined) return null;
    // NOTE: a contest and the same seen from the other side are one row.
    const sign = Math.sign(first[1]);
    const coefficients = entries.map(([, coefficient]) => sign * coefficient);
    const columns = entries.map(([column]) => column);
    const won = weight * (sign > 0 ? score : 1 - score);
    return { row: this.#row({ columns, coefficients }), won, played: weight };
  }

  #entries(terms: readonly Term[]): [number, number][] {
    const sums = new Map<number, number>();
    for (const { column, coefficient } of terms) {
      const at = this.#columns.get(column) as number;
      sums.set(at, (sums.get(at) ?? 0) + coefficient);
    }
    return [...sums].filter(([, sum]) => Math.abs(sum) > 1e-12).sort(([a], [b]) => a - b);
  }

  #row(row: Row): number {
    const key = `${row.columns.join()};${row.coefficients.map((value) => value.toFixed(9)).join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.list.length);
    return this.list.push(row) - 1;
  }
}
