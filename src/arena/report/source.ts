import { readRecords } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { refuseOtherVersion } from '../../../replays/session.js';
import { Catalogue } from '../../core/catalogue.js';
import type { Environment } from '../../core/environment.js';
import { UserError } from '../../core/errors.js';
import { TournamentFolder } from '../tournament/folder.js';
import { Hall } from '../tournament/hall.js';
import type { Contest, TournamentPlan } from '../tournament/plan.js';
import { amongContests, type PlayedGame, playedOf } from '../tournament/played.js';
import { rolesOfRecord } from '../tournament/roles.js';
import { finishedGames } from '../tournament/run.js';
import { nameOf } from '../tournament/schedule.js';

/** Who played what. Records that no tournament planned have no design. */
export interface Field extends Pick<TournamentPlan, 'agents' | 'contests' | 'seed'> {
  readonly design: string | null;
}

/** Games to report on. */
export interface Source {
  readonly field: Field;
  readonly games: readonly PlayedGame[];
  /** By number of their contest. */
  readonly environments: readonly Environment[];
}

/**
 * The finished games of a path: a tournament's folder, as its plan has them, or else any records. There an agent is who
 * its seat's manifest names, every seat is a side by itself, and games of one environment and seed are one deal.
 * @throws UserError when there are no records, one cannot be read, or its environment is unknown or of another version
 */
export async function gamesAt(path: string): Promise<Source> {
  const folder = new TournamentFolder(path);
  return folder.exists ? gamesOfTournament(folder) : gamesOfRecords(path);
}

async function gamesOfTournament(folder: TournamentFolder): Promise<Source> {
  const field = folder.read();
  const hall = await Hall.open(field);
  const games: PlayedGame[] = [];
  for await (const game of finishedGames(folder, hall)) games.push(game);
  return { field, games: games.sort((a, b) => a.game - b.game), environments: hall.environments };
}

async function gamesOfRecords(path: string): Promise<Source> {
  const found = new Found();
  for await (const read of readRecords(path)) {
    if ('record' in read) await found.take(read.record);
    else if (!read.torn) throw new UserError(`${read.file}:${read.line}: ${read.problem}`);
  }
  return found.source();
}

/** Games that nobody planned, sorted into contests, deals and agents as they come. */
class Found {
  readonly #catalogue = new Catalogue();
  readonly #contests = new Map<string, { readonly contest: Contest; readonly environment: Environment }>();
  readonly #deals = new Map<string, number>();
  readonly #agents = new Map<string, string>();
  readonly #games = new Map<string, PlayedGame>();

  async take(record: EpisodeRecord): Promise<void> {
    if (this.#games.has(record.id)) return;
    const at = await this.#contestOf(record);
    for (const manifest of record.seats) this.#agents.set(nameOf(manifest), manifest.agent);
    const deal = `${at.number} ${record.seed}`;
    const block = this.#deals.get(deal) ?? this.#deals.size;
    this.#deals.set(deal, block);
    const seats = record.seats.map(nameOf);
    const game = { index: this.#games.size, contest: at.number, block, seed: record.seed, seats };
    this.#games.set(record.id, playedOf(record, game, rolesOfRecord(at.environment, record), undefined));
  }

  source(): Source {
    const found = [...this.#contests.values()];
    const contests = found.map(({ contest }) => contest);
    const agents = [...this.#agents].map(([name, agent]) => ({ name, agent }));
    return {
      field: { agents, contests, seed: 'records', design: null },
      games: [...this.#games.values()].map((game) => amongContests(game, contests)),
      environments: found.map(({ environment }) => environment),
    };
  }

  async #contestOf({ environment: { id, version, config } }: EpisodeRecord) {
    const key = JSON.stringify([id, version, config]);
    let found = this.#contests.get(key);
    if (found === undefined) {
      const environment = await this.#catalogue.environment(id);
      refuseOtherVersion({ id, version }, environment);
      found = { contest: { environment: id, version, config }, environment };
      this.#contests.set(key, found);
    }
    return { number: [...this.#contests.keys()].indexOf(key), ...found };
  }
}
