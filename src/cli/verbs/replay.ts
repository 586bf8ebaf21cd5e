import type { Command } from 'commander';
import { Page } from '../../../agents/terminal/page.js';
import { type Annotation, gradesBeside, readAnnotations } from '../../../replays/annotations.js';
import { forkTable } from '../../../replays/fork.js';
import { readRecord, readRecords } from '../../../replays/read.js';
import { replay } from '../../../replays/replay.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { type Mean, type SeatStats, type Stats, StatsBuilder } from '../../../replays/stats.js';
import { type Divergence, verify } from '../../../replays/verify.js';
import type { AgentManifest } from '../../core/agent.js';
import { Catalogue } from '../../core/catalogue.js';
import { type Environment, seatName } from '../../core/environment.js';
import { messageOf, UserError } from '../../core/errors.js';
import type { JsonObject } from '../../core/json.js';
import { EXIT } from '../exit.js';
import { annotationText } from '../judging/line.js';
import { Live } from '../live.js';
import { gather, inSeats, readSeed, specsOf, whole } from '../options.js';
import { type Paper, paperOf, ruleLine } from '../paper.js';
import { resultLines } from '../result.js';
import { freshFile, type OutputOptions, runSession } from '../session.js';
import { sheet } from '../sheet.js';
import { stopped } from './serve.js';

const EXAMPLES = `
Examples:
  ludus replay show runs/werewolf/seed-7.jsonl
  ludus replay show runs/werewolf/seed-7.jsonl --as 3
  ludus replay view runs/werewolf/seed-7.jsonl
  ludus replay verify runs/werewolf
  ludus replay fork runs/werewolf/seed-7.jsonl --at 20 --agents random
  ludus replay stats runs/werewolf`;

export function register(program: Command): void {
  const verb = program.command('replay').description('read, check, continue and count records');
  verb.addHelpText('after', EXAMPLES);
  verb
    .command('show')
    .argument('<file>', 'a file or folder of records')
    .description('tell a recorded episode again')
    .option('--id <id>', 'which record, by the start of its id')
    .option('--as <seat|public|all>', 'through whose eyes', 'all')
    .option(
      '--grades <file>',
      'show these grades and judgements under the moves (those of ludus grade, if they lie beside)',
    )
    .option('--json', 'the record as one JSON object')
    .action(show);
  verb
    .command('view')
    .argument('<file>', 'a file or folder of records, of any size')
    .description('look at records in a browser, from any eyes; needs the page (npm run build)')
    .option('--id <id>', 'which record, by the start of its id')
    .option('--port <n>', 'port to listen on; 0 takes any that is free', whole('--port', 0, 65_535), 0)
    .option('--json', 'when it is ready, one JSON object with the address of the page')
    .action(view);
  verb
    .command('verify')
    .argument('<file>', 'a file or folder of records')
    .description('play records again and compare everything; exit code 1 when one differs')
    .option('--json', 'the findings as one JSON object')
    .action(verifyAll);
  verb
    .command('fork')
    .argument('<file>', 'a file or folder of records')
    .description('continue a recorded episode from any step with other agents')
    .requiredOption('--at <step>', 'keep this many steps', whole('--at', 0))
    .option('--id <id>', 'which record, by the start of its id')
    .option('--agents <a,b>', 'agents in turn over the seats; a single one takes all seats')
    .option('--seat <n=agent>', 'the agent of one seat, over --agents; may be repeated', gather, [])
    .option('--seed <seed>', "seed of what comes after; by default made of the record's and the step", readSeed)
    .option('--out <folder>', 'folder for records', 'runs')
    .option('--quiet', 'no transcript, only the result')
    .option('--json', 'only the result, as one JSON object')
    .action(fork);
  verb
    .command('stats')
    .argument('<file>', 'a file or folder of records')
    .description('endings, returns with 95 % intervals, and failed answers by agent')
    .option('--json', 'the figures as one JSON object')
    .action(stats);
}

interface ViewOptions {
  readonly id?: string;
  readonly port: number;
  readonly json?: boolean;
}

/** NOTE: loaded when it is used: the other verbs need no server. */
async function view(file: string, { id, port, json }: ViewOptions): Promise<void> {
  const { viewOf } = await import('../viewing.js');
  const { server, page } = await viewOf(file, id, port);
  process.stdout.write(json === true ? `${JSON.stringify({ page })}\n` : `${page}\nCtrl-C stops it.\n`);
  await stopped();
  await server.close();
}

interface ShowOptions {
  readonly id?: string;
  readonly as: string;
  readonly grades?: string;
  readonly json?: boolean;
}

async function show(file: string, options: ShowOptions): Promise<void> {
  const record = await readRecord(file, options.id);
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(record)}\n`);
    return;
  }
  const environment = await new Catalogue().environment(record.environment.id);
  if (options.as === 'all') showAll(record, environment, file, await saidOf(record, file, options.grades));
  else showAs(record, environment, viewerOf(options.as, record.seats.length));
}

/** What was said of a record afterwards: in the named file, else in those that lie beside its own. @throws UserError */
async function saidOf(record: EpisodeRecord, path: string, named: string | undefined): Promise<Annotation[]> {
  const files = named === undefined ? gradesBeside(path) : [named];
  const all = (await Promise.all(files.map(readAnnotations))).flat();
  const own = all.filter(({ episode }) => episode === record.id);
  if (named !== undefined && own.length === 0) throw new UserError(`${named} holds nothing about ${record.id}`);
  return own;
}

/** Everything, as a live match is shown, with a line under each move for all that was said of it afterwards. */
function showAll(record: EpisodeRecord, environment: Environment, file: string, said: readonly Annotation[]): void {
  const table = { environment, config: record.environment.config as JsonObject, seed: record.seed, agents: [] };
  const paper = paperOf();
  const live = new Live(table, paper);
  for (const progress of replay(record, environment)) {
    live.take(progress);
    if (progress.kind === 'step') {
      const own = said.filter(({ step }) => step === progress.index);
      paper.write(own.map((one) => `      ${paper.ink('dim', annotationText(one))}`));
    }
    if (progress.kind !== 'ended') continue;
    const badge = (seat: number) => live.badge(seat);
    const seats = record.seats as readonly AgentManifest[];
    const outcome = { table, seats, steps: record.steps.length, ending: progress.ending, record: file, badge };
    paper.write(['', ruleLine(paper, 'The end'), ...resultLines(outcome, paper)]);
  }
}

/** What one seat, or the public, was told. */
function showAs(record: EpisodeRecord, environment: Environment, viewer: number | 'public'): void {
  const paper = paperOf();
  const page = new Page({ environment, viewer, seats: record.seats.length, ink: paper.ink, width: paper.width });
  for (const progress of replay(record, environment)) {
    if (progress.kind === 'step') paper.write(page.events(progress.events));
  }
}

function viewerOf(text: string, seats: number): number | 'public' {
  if (text === 'public') return text;
  if (/^\d+$/.test(text)) return inSeats(Number(text), seats);
  throw new UserError(`--as takes a seat, public or all, got "${text}"`);
}

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly id: string | null;
  readonly problem: string;
}

async function verifyAll(path: string, options: { readonly json?: boolean }): Promise<void> {
  const catalogue = new Catalogue();
  const findings: Finding[] = [];
  let sound = 0;
  for await (const read of readRecords(path)) {
    const { file, line } = read;
    if ('problem' in read) findings.push({ file, line, id: null, problem: read.problem });
    else {
      const problem = await problemOf(read.record, catalogue);
      if (problem === null) sound++;
      else findings.push({ file, line, id: read.record.id, problem });
    }
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify({ sound, findings })}\n`);
  else process.stdout.write(`${findingLines(sound, findings).join('\n')}\n`);
  if (findings.length > 0) process.exitCode = EXIT.failed;
}

async function problemOf(record: EpisodeRecord, catalogue: Catalogue): Promise<string | null> {
  try {
    const found = verify(record, await catalogue.environment(record.environment.id));
    return found === null ? null : divergenceText(found);
  } catch (error) {
    return messageOf(error);
  }
}

function divergenceText({ step, what, recorded, replayed }: Divergence): string {
  const where = step === null ? '' : `step ${step}: `;
  return `${where}${what}: recorded ${JSON.stringify(recorded)}, replayed ${JSON.stringify(replayed)}`;
}

function findingLines(sound: number, findings: readonly Finding[]): string[] {
  const listed = findings.map(
    ({ file, line, id, problem }) => `${file}:${line}${id === null ? '' : ` ${id}`}: ${problem}`,
  );
  return [...listed, `${sound} records replay exactly${findings.length === 0 ? '' : `, ${findings.length} do not`}`];
}

interface ForkOptions extends OutputOptions {
  readonly at: number;
  readonly id?: string;
  readonly agents?: string;
  readonly seat: readonly string[];
  readonly seed?: string | number;
  readonly out: string;
}

async function fork(path: string, options: ForkOptions): Promise<void> {
  const record = await readRecord(path, options.id);
  const catalogue = new Catalogue();
  const environment = await catalogue.environment(record.environment.id);
  const specs = specsOf(environment, environment.spec.facts(record.environment.config as JsonObject), options);
  const agents = await Promise.all(specs.map((spec) => catalogue.agent(spec)));
  const seed = options.seed === undefined ? {} : { seed: options.seed };
  const { table, ...origin } = forkTable(record, environment, { at: options.at, agents, ...seed });
  const file = freshFile(options.out, record.environment.id, table.seed);
  await runSession({ table, specs, file, ...origin }, options);
}

async function stats(path: string, options: { readonly json?: boolean }): Promise<void> {
  const builder = new StatsBuilder();
  let unread = 0;
  for await (const read of readRecords(path)) {
    if ('record' in read) builder.add(read.record);
    else unread++;
  }
  const found = builder.result();
  if (options.json === true) process.stdout.write(`${JSON.stringify({ stats: found, unread })}\n`);
  else {
    const paper = paperOf();
    paper.write([...found.flatMap((one) => statsLines(one, paper)), ...unreadLines(unread)]);
  }
}

function unreadLines(unread: number): string[] {
  return unread === 0 ? [] : [`${unread} lines could not be read; ludus replay verify names them`];
}

function statsLines({ environment, episodes, steps, how, outcomes, seats }: Stats, paper: Paper): string[] {
  const head = ['seat', 'agent', 'return (95 %)', 'turns', 'substituted', 'failed tries'];
  return [
    `${environment}: ${episodes} episodes, ${meanText(steps)} steps each`,
    `ended by: ${countsText(how)}`,
    `outcomes: ${countsText(outcomes)}`,
    ...sheet(head, seats.map(seatRow), paper.width, paper.ink),
  ];
}

function seatRow({ seat, agent, returns, turns, substituted, failures }: SeatStats): string[] {
  return [seatName(seat), agent, meanText(returns), String(turns), String(substituted), countsText(failures) || '0'];
}

function meanText({ n, mean, half }: Mean): string {
  return n === 0 ? 'none' : `${round(mean)} +- ${round(half)}`;
}

function round(value: number): string {
  return String(Number(value.toFixed(4)));
}

function countsText(counts: { readonly [name: string]: number }): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
