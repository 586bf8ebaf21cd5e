import { type Decided, isOwn } from '../../src/core/decide.js';
import type { Environment, Seat } from '../../src/core/environment.js';
import { MoveRefused, UserError } from '../../src/core/errors.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Annotation } from '../annotations.js';
import { jsonLines } from '../encoding.js';
import type { ExportedEpisode, ExportOptions, Format, Row, SeatResult } from '../format.js';
import { readRecords, recordFiles } from '../read.js';
import type { EpisodeRecord } from '../schema.js';
import { decisionsOf } from '../steps.js';
import { type OwnTurn, turnsOf } from '../turns.js';
import { Counts } from './counts.js';
import { BestSamples, type Filters, invalid, needsGroups, unwanted } from './filters.js';
import { Fingerprints } from './fingerprints.js';
import { Groups, groupOf, passed } from './groups.js';
import { inputsOf } from './inputs.js';
import { Output, placesOf } from './output.js';
import { Relabelling } from './relabelling.js';
import type { Said } from './said.js';
import { type Side, Sides, splitRule } from './split.js';
import { wellFormed } from './unicode.js';

/** Version of the manifest's own format. */
const MANIFEST = 1;

export interface ExportTask {
  readonly format: Format;
  /** A file or folder of records. */
  readonly records: string;
  /** Annotation files that go in. */
  readonly annotations: { readonly files: readonly string[]; readonly said: Said };
  /** A file for the rows; with a split, a folder. */
  readonly out: string;
  readonly options: ExportOptions;
  readonly filters: Filters;
  /** The share of games that go to train; null writes one file. */
  readonly split: number | null;
  /** The most rows to write. */
  readonly limit: number;
  /** What wrote it, for the manifest: name and version. */
  readonly tool: string;
  environment(id: string): Promise<Environment>;
}

/** What was written, and what was not and why. Lies beside the rows. */
export interface Manifest extends JsonObject {
  readonly records: {
    /** Relabelled ones included. */
    readonly read: number;
    readonly exported: number;
    readonly leftOut: { readonly [reason: string]: number };
    /** Lines that are no records, and records that cannot be replayed here, the first few. */
    readonly refused: readonly string[];
  };
  readonly turns: {
    readonly read: number;
    readonly given: number;
    readonly leftOut: { readonly [reason: string]: number };
  };
  readonly rows: {
    readonly made: number;
    readonly written: number;
    readonly files: { readonly [file: string]: number };
    readonly leftOut: { readonly [reason: string]: number };
  };
}

/**
 * Writes training data: reads records one at a time, in memory that grows only by fingerprints of episodes and rows.
 * @throws UserError when the format refuses; then nothing is written
 */
export async function exportRecords(task: ExportTask): Promise<Manifest> {
  const before = needsGroups(task.filters) ? await survey(task) : null;
  const ending = task.format.encoding?.ending ?? jsonLines.ending;
  const output = new Output(placesOf(task.out, task.split !== null, ending), task.format);
  try {
    const sides = task.split === null ? null : await Sides.open(task.records, task.split);
    const exporter = new Exporter(task, output, before, sides);
    await exporter.run();
    const manifest = await exporter.manifest();
    output.publish(manifest);
    return manifest;
  } finally {
    output.abandon();
  }
}

/** Reads the returns of all groups, for filters that compare inside them. */
async function survey(task: ExportTask): Promise<BestSamples> {
  const groups = new Groups();
  const seen = new Fingerprints();
  const relabelling = task.filters.relabel === true ? new Relabelling() : null;
  for await (const read of readRecords(task.records)) {
    if ('problem' in read || invalid(read.record, task.filters) !== null || !seen.isNew(read.text)) continue;
    const environment = await task.environment(read.record.environment.id);
    const again = relabelling?.of(read.record, environment) ?? null;
    for (const record of again === null ? [read.record] : [read.record, again]) {
      for (const seat of record.seats.keys()) {
        groups.add(groupOf(record, seat), returnOf(record, seat), passed(record, environment, seat));
      }
    }
  }
  return new BestSamples(groups);
}

function returnOf({ end }: EpisodeRecord, seat: Seat): number {
  return end.returns?.[seat] ?? 0;
}

/** How many refused lines the manifest quotes. */
const QUOTED = 10;

class Exporter {
  readonly #task: ExportTask;
  readonly #output: Output;
  readonly #before: BestSamples | null;
  readonly #sides: Sides | null;
  readonly #relabelling: Relabelling | null;
  readonly #groups = new Groups();
  readonly #episodes = new Fingerprints();
  readonly #samples = new Fingerprints();
  readonly #refused: string[] = [];
  readonly #leftOut = { records: new Counts(), turns: new Counts(), rows: new Counts() };
  readonly #played = { environments: new Counts(), agents: new Counts(), models: new Counts() };
  #read = { records: 0, turns: 0 };
  #exported = 0;
  #given = 0;
  #made = 0;
  #written = 0;

  constructor(task: ExportTask, output: Output, before: BestSamples | null, sides: Sides | null) {
    this.#task = task;
    this.#output = output;
    this.#before = before;
    this.#sides = sides;
    this.#relabelling = task.filters.relabel === true ? new Relabelling() : null;
  }

  async run(): Promise<void> {
    for await (const read of readRecords(this.#task.records)) {
      if (this.#written >= this.#task.limit) return;
      this.#read.records++;
      const where = `${read.file}:${read.line}`;
      if ('problem' in read) this.#refuse(`${where}: ${read.problem}`, 0);
      else await this.#takeWithAnother(read.record, read.text, where);
    }
  }

  async manifest(): Promise<Manifest> {
    const { format, options, filters, split, limit, records, annotations, tool } = this.#task;
    const { rows, shared } = await this.#output.finish();
    this.#leftOut.rows.add('position or prompt also in train', shared);
    const inputs = await inputsOf([...recordFiles(records), ...annotations.files]);
    return {
      manifest: MANIFEST,
      tool,
      format: format.id,
      options: { ...options } as JsonObject,
      filters: { ...filters } as JsonObject,
      limit: Number.isFinite(limit) ? limit : null,
      split: split === null ? null : { train: split, rule: splitRule(split) },
      inputs: inputs as unknown as Json,
      played: JSON.parse(JSON.stringify(this.#played)) as Json,
      records: { ...this.#about('records'), exported: this.#exported, refused: this.#refused },
      turns: { ...this.#about('turns'), given: this.#given },
      rows: {
        made: this.#made,
        written: Object.values(rows).reduce((sum, one) => sum + one, 0),
        files: rows,
        leftOut: this.#leftOut.rows.toJSON(),
      },
      labels: this.#output.labels.toJSON(),
      groups: this.#groups.summary(),
      ...(this.#relabelling === null ? {} : { relabelled: this.#relabelling.summary() }),
    };
  }

  #about(what: 'records' | 'turns') {
    return { read: this.#read[what], leftOut: this.#leftOut[what].toJSON() };
  }

  /** Takes a record, and the one that it is in hindsight. */
  async #takeWithAnother(record: EpisodeRecord, text: string, where: string): Promise<void> {
    const exported = await this.#take(record, text, where);
    if (!exported || this.#relabelling === null) return;
    const again = this.#relabelling.of(record, await this.#task.environment(record.environment.id));
    if (again === null) return;
    this.#read.records++;
    await this.#take(again, JSON.stringify(again), where, record);
  }

  /** @param text as it was read: what tells episodes apart @param failed what a relabelled record was made of. Gives whether the record could be used. */
  async #take(record: EpisodeRecord, text: string, where: string, failed?: EpisodeRecord): Promise<boolean> {
    const decisions = decisionsOf(record);
    this.#read.turns += decisions;
    const reason = this.#episodes.isNew(text) ? invalid(record, this.#task.filters) : 'the same episode again';
    if (reason !== null) {
      this.#leftOut.records.add(reason);
      this.#leftOut.turns.add(reason, decisions);
      return false;
    }
    let episode: ExportedEpisode;
    try {
      episode = await this.#prepared(record);
    } catch (error) {
      if (!(error instanceof UserError || error instanceof MoveRefused)) throw error;
      this.#refuse(`${where}: ${error.message}`, decisions);
      return false;
    }
    this.#exported++;
    this.#given += episode.turns.length;
    this.#count(episode);
    this.#write(episode, failed);
    return true;
  }

  async #prepared(record: EpisodeRecord): Promise<ExportedEpisode> {
    const { options, annotations, environment: environmentOf } = this.#task;
    const environment = await environmentOf(record.environment.id);
    const all = turnsOf(record, environment, options.credit);
    const seats = record.seats.map((_, seat) => this.#seat(record, environment, seat, all));
    const wanted = all.filter(({ seat }) => seats[seat]?.chosen === true);
    const turns = wanted.filter(({ decided }) => isOwn(decided));
    const substituted = wanted.filter(({ decided }) => decided.substituted === true);
    const refuse = (reason: string) => {
      this.#made++;
      this.#leftOut.rows.add(reason);
    };
    let said: readonly Annotation[] | undefined;
    return {
      ...{ record, environment, turns, substituted, seats, refuse },
      // NOTE: many formats never ask.
      get annotations() {
        said ??= annotations.said.of(record.id);
        return said;
      },
    };
  }

  #seat(record: EpisodeRecord, environment: Environment, seat: Seat, turns: readonly OwnTurn[]): SeatResult {
    const group = groupOf(record, seat);
    const about = {
      seat,
      agent: record.seats[seat]?.agent ?? '',
      group,
      return: returnOf(record, seat),
      passed: passed(record, environment, seat),
    };
    const sampleIndex = this.#groups.add(group, about.return, about.passed);
    const name = nameOf(record, seat);
    const { consent } = record;
    const reason = unwanted({ ...about, name, sampleIndex, consent }, this.#task.filters, this.#before);
    const own = turns.filter((turn) => turn.seat === seat);
    if (reason !== null) this.#leftOut.turns.add(reason, own.length);
    else for (const { decided } of own) if (!isOwn(decided)) this.#leftOut.turns.add(otherMover(decided));
    return { ...about, sampleIndex, chosen: reason === null };
  }

  #count(episode: ExportedEpisode): void {
    const { record, turns } = episode;
    this.#played.environments.add(`${record.environment.id} ${record.environment.version}`);
    for (const turn of turns) {
      this.#played.agents.add(record.seats[turn.seat]?.agent ?? '');
      if (turn.call !== null) this.#played.models.add(turn.call.model);
    }
    const { needs } = this.#task.format;
    if (needs.length > 0 && !episode.annotations.some(({ kind }) => needs.includes(kind))) {
      this.#leftOut.turns.add('nothing is said of their episode', turns.length);
    }
  }

  #write(episode: ExportedEpisode, failed: EpisodeRecord | undefined): void {
    const { format, options, limit } = this.#task;
    // NOTE: a relabelled episode is made of the same moves, so it goes where the failed one went.
    const side = this.#sides?.of(failed ?? episode.record) ?? 'train';
    const origin = this.#relabelling === null ? {} : originOf(failed);
    for (const row of format.rows(episode, options)) {
      this.#made++;
      if (this.#written >= limit) this.#leftOut.rows.add('over the limit');
      else this.#put({ ...row, data: { ...row.data, ...origin } }, side);
    }
  }

  #put(row: Row, side: Side): void {
    const { data, sample } = row;
    if (sample !== undefined && !this.#samples.isNew(JSON.stringify(sample))) {
      this.#leftOut.rows.add('the same prompt and action again');
      return;
    }
    this.#written++;
    this.#output.put({ ...row, data: wellFormed(data) }, side);
  }

  #refuse(reason: string, turns: number): void {
    const name = 'cannot be read or replayed';
    this.#leftOut.records.add(name);
    this.#leftOut.turns.add(name, turns);
    if (this.#refused.length < QUOTED) this.#refused.push(reason);
  }
}

/** Who made a move that is not the seat's own. */
function otherMover({ substituted }: Pick<Decided, 'substituted'>): string {
  return substituted === true ? "moved by the table's rule" : 'moved by a stand-in';
}

/** NOTE: columns stand in every row and are of one type, or loaders of Arrow refuse the file in the middle. */
function originOf(failed: EpisodeRecord | undefined): JsonObject {
  return { relabelled: failed !== undefined, relabelled_from: failed?.id ?? '' };
}

/** What a tournament calls the agent of a seat; elsewhere the agent itself. */
function nameOf({ seats }: EpisodeRecord, seat: Seat): string {
  const name = seats[seat]?.name;
  return typeof name === 'string' ? name : (seats[seat]?.agent ?? '');
}
