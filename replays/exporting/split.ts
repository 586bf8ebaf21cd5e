import { lanes } from '../../src/core/json.js';
import { lines, parseRecord, recordFiles } from '../read.js';
import type { EpisodeRecord } from '../schema.js';
import { Unions } from './unions.js';

export type Side = 'train' | 'validation';

/** How rows were divided, for the manifest. */
export function splitRule(share: number): string {
  return `a game goes whole to train or validation, all its seats and forks together, by a hash of environment, version, configuration and seed (${share} train); all games of a person, and of whoever played with them, go to one side by a hash of the first of their pseudonyms, people without one counting as one person; rows of validation whose position or prompt also stands in train are left out`;
}

/** The side of a game. Forks go with what they were forked from, as far as their seeds tell. */
export function sideOf(record: EpisodeRecord, share: number): Side {
  return sideBy(['split', ...gameOf(record)], share);
}

/** Sides of games that people may have played: what one person played is on one side, whoever else sat there. */
export class Sides {
  readonly #share: number;
  /** Games and people that belong together. */
  readonly #together = new Unions();

  private constructor(share: number) {
    this.#share = share;
  }

  /** Reads records once before, for who played what; memory grows with games of people alone. */
  static async open(path: string, share: number): Promise<Sides> {
    const sides = new Sides(share);
    for (const file of recordFiles(path)) {
      for await (const { text } of lines(file)) {
        if (!PEOPLE.test(text)) continue;
        const read = parseRecord(text);
        if ('record' in read) sides.#take(read.record);
      }
    }
    return sides;
  }

  of(record: EpisodeRecord): Side {
    const first = this.#together.firstOf(gameName(record));
    return first === null ? sideOf(record, this.#share) : sideBy(['split by person', first], this.#share);
  }

  /** NOTE: people sort before games, so the first of a group is always a person. */
  #take(record: EpisodeRecord): void {
    for (const { person, terminal } of record.seats) {
      if (person === undefined && terminal !== true) continue;
      this.#together.join(`a person ${person ?? ''}`, gameName(record));
    }
  }
}

/** NOTE: most lines are games of agents, and parsing them a second time would double the work of an export. */
const PEOPLE = /"(person":"|terminal":true)/;

function gameOf({ environment, seed, parent }: EpisodeRecord): readonly unknown[] {
  const { id, version, config } = environment;
  return [id, version, config, parent === undefined ? seed : seed.replace(/~.*$/s, '')];
}

function gameName(record: EpisodeRecord): string {
  return `game ${JSON.stringify(gameOf(record))}`;
}

function sideBy(name: readonly unknown[], share: number): Side {
  const [lane] = lanes(JSON.stringify(name));
  return (lane >>> 0) / 2 ** 32 < share ? 'train' : 'validation';
}
