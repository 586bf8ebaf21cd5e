import type { Command } from 'commander';
import { type Answers, query } from '../../../replays/query.js';
import { UserError } from '../../core/errors.js';
import type { Json } from '../../core/json.js';
import { whole } from '../options.js';
import { paperOf } from '../paper.js';
import { sheet } from '../sheet.js';

interface Options {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly limit: number;
  readonly memory: string;
}

const EXAMPLES = `
Examples:
  ludus query "select environment, how, count(*) from episodes group by all"
  ludus query "select agent, avg(return) from seats group by agent" runs/kuhn-poker
  ludus query "from calls" runs --csv > calls.csv

Views: episodes (a row a record), seats (a row a seat of it), steps (a row a decision), calls (a row a call of a model).
"describe episodes" lists the columns of one. Needs DuckDB: npm install @duckdb/node-api`;

export function register(program: Command): void {
  program
    .command('query')
    .argument('<sql>', 'a query over the views episodes, seats, steps and calls')
    .argument('[records...]', 'files or folders of records (runs)')
    .description('ask records with SQL')
    .option('--json', 'the answers as one JSON object: columns, rows')
    .option('--csv', 'the answers as CSV, all of them')
    .option('--limit <n>', 'the most rows of the table to show', whole('--limit', 1), 100)
    .option('--memory <size>', 'the most memory DuckDB takes, as in 4GB', '1GB')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(sql: string, records: readonly string[], options: Options): Promise<void> {
  if (options.json === true && options.csv === true) throw new UserError('--json and --csv exclude each other');
  const answers = await query(sql, records.length === 0 ? ['runs'] : records, options.memory);
  try {
    if (options.json === true) await writeJson(answers);
    else if (options.csv === true) await writeCsv(answers);
    else await writeTable(answers, options.limit);
  } finally {
    answers.close();
  }
}

async function writeJson({ columns, rows }: Answers): Promise<void> {
  await put(`{"columns":${JSON.stringify(columns)},"rows":[`);
  let between = '';
  for await (const row of rows) {
    await put(`${between}${JSON.stringify(row)}`);
    between = ',';
  }
  await put(']}\n');
}

async function writeCsv({ columns, rows }: Answers): Promise<void> {
  await put(csvLine(columns));
  for await (const row of rows) await put(csvLine(row));
}

/** SEE: RFC 4180, with lines that end in a newline alone. */
function csvLine(cells: readonly Json[]): string {
  const quoted = cells.map((cell) => {
    const text = textOf(cell, '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(',')}\n`;
}

async function writeTable({ columns, rows }: Answers, limit: number): Promise<void> {
  const shown: string[][] = [];
  let more = false;
  for await (const row of rows) {
    more = shown.length === limit;
    if (more) break;
    shown.push(row.map((cell) => textOf(cell, '-')));
  }
  const { ink, width } = paperOf();
  const note = more ? [`the first ${limit} rows; --limit or --csv shows more`] : [];
  await put(`${[...sheet(columns, shown, width, ink), ...note].join('\n')}\n`);
}

function textOf(cell: Json, nothing: string): string {
  if (cell === null) return nothing;
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** Writes, and waits where the reader is slower, so that answers do not pile up. */
async function put(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}
