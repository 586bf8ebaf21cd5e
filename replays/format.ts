import type { Environment } from '../src/core/environment.js';
import type { Json, JsonObject } from '../src/core/json.js';
import type { Annotation } from './annotations.js';
import type { Asked } from './asked.js';
import type { Encoding } from './encoding.js';
import type { EpisodeRecord } from './schema.js';

/**
 * A format of training data: the default export of a file of `replays/export/`. It makes rows of records and of what
 * annotation files say of them; it computes nothing about games itself.
 */
export interface Format {
  /** As typed: `trl-dpo`. */
  readonly id: string;
  readonly title: string;
  /** Kinds of annotations without which it has no rows to give. */
  readonly needs: readonly Annotation['kind'][];
  /** The rows of one episode, each one line of JSON in the file. */
  rows(episode: ExportedEpisode, options: ExportOptions): Iterable<JsonObject>;
  /** How its rows are written to a file; one line of JSON each when absent. */
  readonly encoding?: Encoding;
  /** Files that its trainer wants beside the rows, by name: a `dataset_info.json`. Given the names of the rows' files. */
  beside?(files: readonly string[]): { readonly [name: string]: Json };
}

export interface ExportedEpisode {
  readonly record: EpisodeRecord;
  readonly environment: Environment;
  /** The decisions with what was asked, in order; made anew by each call. */
  asked(): Iterable<Asked>;
  readonly annotations: readonly Annotation[];
}

export interface ExportOptions {
  /** From what cost on a move counts as a mistake, in returns; null: a hundredth of the range of returns. */
  readonly minCost: number | null;
}
