import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type Annotation, gradesBeside, readAnnotations } from '../../../replays/annotations.js';
import { readRecords } from '../../../replays/read.js';
import { type Report, reportOf } from '../../arena/report/report.js';
import { gamesAt, type Source } from '../../arena/report/source.js';
import type { Environment } from '../../core/environment.js';
import { UserError } from '../../core/errors.js';
import { pageOf, type Transcripts } from '../report/page.js';
import { vega } from '../report/svg.js';
import { transcriptOf } from '../report/transcript.js';

interface Options {
  readonly out: string;
  readonly server?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ludus report runs/cup
  ludus report runs/cup --out cup.html
  ludus report runs/cup --server http://127.0.0.1:8000
  ludus report runs/cup --json
  ludus report runs/kuhn-poker/seed-7.jsonl

The page is one file that loads nothing. It can be made while a tournament is still going on.
Mistakes are shown once ludus grade has graded the records.`;

export function register(program: Command): void {
  program
    .command('report')
    .argument('<path>', 'folder of a tournament, finished or not, or any records')
    .description('what a tournament or other records came to, as one HTML page')
    .option('--out <file>', 'where the page goes; an older one is written over', 'report.html')
    .option('--server <url>', 'address of a ludus serve --records <path>: games link to their replays there', addressOf)
    .option('--json', 'the tables as one JSON object, and no page')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(path: string, { out, json, server }: Options): Promise<void> {
  const draw = json === true ? null : await vega();
  const source = await gamesAt(path);
  if (source.games.length === 0) throw new UserError(`${path} holds no finished game yet`);
  const report = reportOf(source, await annotationsOf(path));
  if (draw === null) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const page = await pageOf(
    report,
    await transcriptsOf(report, source, path),
    { folder: path, server: server ?? null },
    draw,
  );
  writeFileSync(out, page);
  if (typeof draw === 'string') process.stderr.write(`ludus: ${out} has ${draw}\n`);
  process.stdout.write(`${out}: ${report.games} games, ${Math.round(page.length / 1024)} kB\n`);
}

function addressOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/[/#]+$/, '');
  throw new UserError(`--server takes the address of a server, as in http://127.0.0.1:8000, got "${text}"`);
}

async function annotationsOf(path: string): Promise<Annotation[]> {
  return (await Promise.all(gradesBeside(path).map(readAnnotations))).flat();
}

/** The games that the report points to, in words. */
async function transcriptsOf(report: Report, { games, environments }: Source, path: string): Promise<Transcripts> {
  const contests = new Map(games.map(({ record, contest }) => [record, contest]));
  const wanted = new Set([...report.upsets, ...report.mistakes].map(({ record }) => record));
  const found = new Map<string, string>();
  for await (const read of readRecords(path)) {
    if (!('record' in read) || !wanted.delete(read.record.id)) continue;
    const environment = environments[contests.get(read.record.id) as number] as Environment;
    found.set(read.record.id, transcriptOf(read.record, environment));
  }
  return found;
}
