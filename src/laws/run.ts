import { markdownTable } from '../core/card.js';
import type { Environment } from '../core/environment.js';
import { messageOf } from '../core/errors.js';
import { answers } from './answers.js';
import { determinism } from './determinism.js';
import { factsFile } from './facts-file.js';
import { golden } from './golden.js';
import { hindsight } from './hindsight.js';
import { purity } from './purity.js';
import { describeFailure, type LawReport } from './report.js';
import { returns } from './returns.js';
import { roads } from './roads.js';
import { secrecy } from './secrecy.js';
import { type Law, type Subject, trialsOf } from './subject.js';

/** The laws in their order. */
export const LAWS: readonly Law[] = [
  determinism,
  purity,
  returns,
  secrecy,
  golden,
  factsFile,
  answers,
  roads,
  hindsight,
];

export interface LawOptions {
  /** The environment's folder, for what lies beside its rules. */
  readonly folder?: string;
  /** The most episodes each configuration is tried with; 40 by default. */
  readonly seeds?: number;
  /** About how many steps each law looks at, all configurations together; 2,000 by default. Each is tried three times. */
  readonly cases?: number;
  /** How many configurations are tried beside the default and the presets; 3 by default. */
  readonly variations?: number;
  /** Environments whose episodes run between the steps of this one. */
  readonly others?: readonly Environment[];
  /** Numbers of the laws to run; all by default. */
  readonly laws?: readonly number[];
}

/**
 * Runs the laws over one environment: its default configuration, its presets and some variations. The same options give
 * the same cases. Breaches are in the reports; nothing is thrown for them.
 */
export async function runLaws(environment: Environment, options: LawOptions = {}): Promise<LawReport[]> {
  const laws = LAWS.filter(({ law }) => options.laws?.includes(law) ?? true);
  let subject: Subject;
  try {
    subject = subjectOf(environment, options);
  } catch (thrown) {
    const where = { config: 'default', seed: 'none', step: null };
    const failures = [{ what: `its configurations or facts cannot be read: ${messageOf(thrown)}`, where }];
    return laws.map(({ law, title }) => ({ law, title, cases: 0, failures }));
  }
  const reports: LawReport[] = [];
  for (const { law, title, run } of laws) reports.push({ law, title, ...(await run(subject)) });
  return reports;
}

function subjectOf(environment: Environment, options: LawOptions): Subject {
  const { folder, seeds = 40, cases = 2000, variations = 3, others = [] } = options;
  const trials = trialsOf(environment, { seeds, cases, variations });
  return { environment, folder: folder ?? null, others, trials };
}

/** Reports of one environment in words, a line for each law, failures below it. */
export function describeReports(reports: readonly LawReport[]): string {
  return reports
    .flatMap(({ law, title, cases, note, skipped, failures }) => [
      `law ${law}: ${title}: ${skipped === undefined ? `${cases} ${note ?? 'cases'}` : `skipped, ${skipped}`}`,
      ...failures.map((failure) => `  FAILED ${describeFailure(failure).replaceAll('\n', '\n  ')}`),
    ])
    .join('\n');
}

/** A table law by environment with the cases run, and below it the reason of each skip. */
export function lawTable(rows: readonly { readonly id: string; readonly reports: readonly LawReport[] }[]): string {
  const numbers = [...new Set(rows.flatMap(({ reports }) => reports.map(({ law }) => law)))].sort((a, b) => a - b);
  const head = ['environment', ...numbers.map((law) => `law ${law}`)];
  const table = rows.map(({ id, reports }) => [
    id,
    ...numbers.map((law) => cellOf(reports.find((one) => one.law === law))),
  ]);
  const skips = rows.flatMap(({ id, reports }) =>
    reports.flatMap(({ law, skipped }) => (skipped === undefined ? [] : [`${id}: law ${law} skipped, ${skipped}`])),
  );
  return [markdownTable([head, ...table]), ...skips].join('\n');
}

function cellOf(report: LawReport | undefined): string {
  if (report === undefined) return '';
  if (report.skipped !== undefined) return 'skipped';
  return report.failures.length === 0 ? String(report.cases) : `${report.cases}, ${report.failures.length} FAILED`;
}
