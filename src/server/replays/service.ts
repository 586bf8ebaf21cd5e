import PQueue from 'p-queue';
import { parseRecord } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import type { AgentFactory } from '../../core/agent.js';
import { type Environment, seatName } from '../../core/environment.js';
import { suggestion } from '../../core/errors.js';
import type { TableAgent } from '../matches/hall.js';
import { Refused } from '../wire/refused.js';
import { cardOf } from './card.js';
import { Forks, playFork } from './forks.js';
import { replayFor } from './frames.js';
import { type Found, type Place, Shelf } from './shelf.js';
import type { ForkRequest, Replay, ReplayCard, ReplayPage, ReplayViewer } from './wire.js';

export interface ReplayPlan {
  readonly environments: ReadonlyMap<string, Environment>;
  /** Who may play a record on, by the names people know. */
  readonly agents: ReadonlyMap<string, TableAgent>;
  /** Where records are. */
  readonly places: readonly Place[];
  /** The line of a record by its id, where games are kept that lie in no folder; null when there is none. */
  readonly kept?: (id: string) => Promise<string | null>;
}

const PER_PAGE = 30;
/** Most replays and forks that wait for their turn. */
const MOST_WAITING = 20;

/** Records that can be looked at and played on: those in the server's folders, and any that somebody brings. */
export class Replays {
  readonly #plan: ReplayPlan;
  readonly #shelf: Shelf;
  readonly #forks = new Forks();
  /** NOTE: one at a time each, so that games that go on never wait for more than a few steps of a replay. */
  readonly #making = new PQueue({ concurrency: 1 });
  readonly #forking = new PQueue({ concurrency: 1 });

  constructor(plan: ReplayPlan) {
    this.#plan = plan;
    this.#shelf = new Shelf(plan.places);
  }

  /** Listed records, newest first. @param environment of which alone, if any */
  async list(environment: string | null, page: number): Promise<ReplayPage> {
    const replays: ReplayCard[] = [];
    for await (const record of this.#shelf.list(environment, page * PER_PAGE)) {
      if (replays.length === PER_PAGE) return { replays, more: true };
      replays.push(cardOf(record));
    }
    return { replays, more: false };
  }

  /** A record that is kept, for a viewer. @throws Refused, UserError */
  async replay(id: string, viewer: ReplayViewer): Promise<Replay> {
    return this.#make(await this.#find(id), viewer);
  }

  /** A record from anywhere, for a viewer. @throws Refused, UserError */
  async replayOf(line: string, viewer: ReplayViewer): Promise<Replay> {
    return this.#make({ record: readLine(line), annotations: [] }, viewer);
  }

  /** The line of a record that is kept. @throws Refused */
  async line(id: string): Promise<string> {
    return (await this.#find(id)).line;
  }

  /** Plays a record on from a step, once for each seed. @throws Refused, UserError */
  async fork({ record: named, step, agents, seeds }: ForkRequest): Promise<ReplayCard[]> {
    const record = named.trimStart().startsWith('{') ? readLine(named) : (await this.#find(named)).record;
    const plan = { record, environment: this.#environment(record), step, agents: this.#seated(record, agents) };
    return queued(this.#forking, async () => {
      const cards: ReplayCard[] = [];
      for (const seed of seeds ?? [`${record.seed}~${step}`])
        cards.push(cardOf(this.#forks.add(await playFork({ ...plan, seed }))));
      return cards;
    });
  }

  #make({ record, annotations }: Pick<Found, 'record' | 'annotations'>, viewer: ReplayViewer): Promise<Replay> {
    const environment = this.#environment(record);
    if (typeof viewer === 'number' && viewer >= record.seats.length)
      throw new Refused('no such seat', `the record has seats 0 to ${record.seats.length - 1}, not ${viewer}`);
    return queued(this.#making, () => replayFor(record, environment, viewer, annotations));
  }

  async #find(id: string): Promise<Found> {
    const fork = this.#forks.find(id);
    const found = fork === null ? await this.#stored(id) : { ...fork, annotations: [] };
    if (found === null) throw new Refused('no such match', `there is no record ${id} here`);
    return found;
  }

  async #stored(id: string): Promise<Found | null> {
    const found = await this.#shelf.find(id);
    const line = found === null ? ((await this.#plan.kept?.(id)) ?? null) : null;
    return line === null ? found : { record: readLine(line), line: line.trimEnd(), annotations: [] };
  }

  #environment({ environment: { id } }: EpisodeRecord): Environment {
    const environment = this.#plan.environments.get(id);
    if (environment !== undefined) return environment;
    const known = suggestion(id, [...this.#plan.environments.keys()]);
    throw new Refused('malformed', `the record is of "${id}", which this server does not have; ${known}`);
  }

  #seated({ seats }: EpisodeRecord, agents: ForkRequest['agents']): AgentFactory[] {
    const stranger = Object.keys(agents).find((seat) => Number(seat) >= seats.length);
    if (stranger !== undefined)
      throw new Refused('no such seat', `the record has seats 0 to ${seats.length - 1}, not ${stranger}`);
    return seats.map((_, seat) => {
      const name = agents[seat];
      if (name === undefined) throw new Refused('malformed', `nobody is named to go on as ${seatName(seat)}`);
      const agent = this.#plan.agents.get(name);
      if (agent !== undefined) return agent.factory;
      throw new Refused('malformed', `there is no agent "${name}"; ${suggestion(name, [...this.#plan.agents.keys()])}`);
    });
  }
}

function readLine(line: string): EpisodeRecord {
  const read = parseRecord(line);
  if ('problem' in read) throw new Refused('malformed', `the line is no record that can be read: ${read.problem}`);
  return read.record;
}

/** @throws Refused when too many wait already */
async function queued<T>(queue: PQueue, work: () => Promise<T>): Promise<T> {
  if (queue.size >= MOST_WAITING) throw new Refused('rate', 'too many replays are being made; try again in a moment');
  return (await queue.add(work)) as T;
}
