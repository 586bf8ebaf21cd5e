import type { Environment, Seat } from '../src/core/environment.js';
import type { Json, JsonObject } from '../src/core/json.js';
import type { Annotation } from './annotations.js';
import type { Encoding } from './encoding.js';
import type { EpisodeRecord } from './schema.js';
import type { Credit, OwnTurn } from './turns.js';

/**
 * A format of training data: the default export of a file of `replays/export/`. It makes rows of records and of what
 * annotation files say of them; it computes nothing about games itself.
 */
export interface Format {
  /** As typed: `trl-dpo`. */
  readonly id: string;
  readonly title: string;
  /** Kinds of annotations, one of which it must have to give any row; empty when it needs none. */
  readonly needs: readonly Annotation['kind'][];
  /** Whether its trainer takes rows with further columns: those that tell what a row was made of. */
  readonly open?: true;
  /** Whether it makes bad rows of failed tries when asked to. */
  readonly failedTries?: true;
  /** The rows of one episode. @throws UserError to refuse the whole export */
  rows(episode: ExportedEpisode, options: ExportOptions): Iterable<Row>;
  /** How its rows are written to a file; one line of JSON each when absent. */
  readonly encoding?: Encoding;
  /** Files that its trainer wants beside the rows, by name: a `dataset_info.json`. Given the names of the rows' files. */
  beside?(files: readonly string[]): { readonly [name: string]: Json };
}

/** One row of training data, and what the exporter must know of it. */
export interface Row {
  readonly data: JsonObject;
  /** What it was made of. A row of a single turn is kept off the other side of a split by its position. */
  readonly turns: readonly Placed[];
  /** What makes two rows the same sample (prompt and action): only the first is kept. Absent: every row is kept. */
  readonly sample?: Json;
  /** Its class, where rows have some: for the balance in the manifest. */
  readonly label?: string;
}

/** Where a turn was asked: the name of its state, and what was put before the seat. */
export type Placed = Pick<OwnTurn, 'position' | 'prompt'>;

export interface ExportedEpisode {
  readonly record: EpisodeRecord;
  readonly environment: Environment;
  /** The turns to make rows of, in order: of the seats asked for, each decided by its agent and not by the table. */
  readonly turns: readonly OwnTurn[];
  /** Turns of the same seats in which the table's rule moved: all that is the agent's in them are its failed tries. */
  readonly substituted?: readonly OwnTurn[];
  /** One a seat, those that were not asked for too. */
  readonly seats: readonly SeatResult[];
  readonly annotations: readonly Annotation[];
  /** Told of each row that the format cannot hold without saying something false, and why: the manifest counts them. */
  readonly refuse?: (reason: string) => void;
}

/** How an episode went for one seat. */
export interface SeatResult {
  readonly seat: Seat;
  readonly agent: string;
  /** Whether rows are made of its turns. */
  readonly chosen: boolean;
  /** Name of its group: same environment, version, configuration, seed, seat and opponents. */
  readonly group: string;
  /** Which sample of its group this is, from 0, in the order of the records. */
  readonly sampleIndex: number;
  /** The seat's return, raw. */
  readonly return: number;
  /** Whether the seat did well: see `passed`. */
  readonly passed: boolean | null;
}

export interface ExportOptions {
  /** From what cost on a move counts as a mistake, in returns; null: a hundredth of the range of returns. */
  readonly minCost: number | null;
  /** How arguments of tool calls are written; null: as the format's trainer takes them. */
  readonly toolArgs: 'object' | 'string' | null;
  /** Writes tool calls and their results as plain words, for chat templates without tools. */
  readonly flattenTools: boolean;
  /** What labels come from; null: the best there is (grades, then judgements, then outcomes). */
  readonly labels: 'grade' | 'judgement' | 'outcome' | null;
  readonly credit: Credit;
  /** Whether answers that could not be played become bad rows, where the format has labels. */
  readonly failedTries: boolean;
}

/** What is meant when nothing is said. */
export const USUAL: ExportOptions = {
  minCost: null,
  toolArgs: null,
  flattenTools: false,
  labels: null,
  credit: 'told',
  failedTries: false,
};
