import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type Annotation, gradesBeside, readAnnotations } from '../../../replays/annotations.js';
import { type Report, reportOf } from '../../arena/report/report.js';
import { TournamentFolder } from '../../arena/tournament/folder.js';
import { Hall } from '../../arena/tournament/hall.js';
import { finishedGames } from '../../arena/tournament/run.js';
import { Standings } from '../../arena/tournament/standings.js';
import { UserError } from '../../core/errors.js';
import { pageOf, type Transcripts } from '../report/page.js';
import { vega } from '../report/svg.js';
import { transcriptOf } from '../report/transcript.js';

interface Options {
  readonly out: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ludus report runs/cup
  ludus report runs/cup --out cup.html
  ludus report runs/cup --json

The page is one file that loads nothing. It can be made while the tournament is still going on. Mistakes are shown once
ludus grade has graded the records.`;

export function register(program: Command): void {
  program
    .command('report')
    .argument('<folder>', 'the folder of a tournament')
    .description('what a tournament came to, as one HTML page')
    .option('--out <file>', 'where the page goes; an older one is written over', 'report.html')
    .option('--json', 'the tables as one JSON object, and no page')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(path: string, { out, json }: Options): Promise<void> {
  const draw = json === true ? null : await vega();
  const folder = new TournamentFolder(path);
  const plan = folder.read();
  const hall = await Hall.open(plan);
  const standings = new Standings(plan);
  for await (const game of finishedGames(folder, hall)) standings.add(game);
  if (standings.count === 0) throw new UserError(`${path} holds no finished game yet`);
  const report = reportOf(plan, standings, await annotationsOf(path));
  if (draw === null) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const page = await pageOf(report, await transcriptsOf(report, folder, hall), path, draw);
  writeFileSync(out, page);
  process.stdout.write(`${out}: ${report.games} games, ${Math.round(page.length / 1024)} kB\n`);
}

async function annotationsOf(path: string): Promise<Annotation[]> {
  return (await Promise.all(gradesBeside(path).map(readAnnotations))).flat();
}

/** The games that the report points to, in words. */
async function transcriptsOf(report: Report, folder: TournamentFolder, hall: Hall): Promise<Transcripts> {
  const wanted = new Set([...report.upsets, ...report.mistakes].map(({ game }) => game));
  const found = new Map<string, string>();
  for await (const { index, record } of folder.finished((head) => hall.schedule.indexOf(head))) {
    if (!wanted.has(index)) continue;
    found.set(record.id, transcriptOf(record, hall.environmentOf(hall.schedule.game(index))));
  }
  return found;
}
