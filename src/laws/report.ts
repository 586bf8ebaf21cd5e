import { messageOf } from '../core/errors.js';

/** Where something went wrong: enough to play there again. */
export interface Where {
  /** Name of the configuration: `default`, a preset, or the fields that were varied. */
  readonly config: string;
  readonly seed: string;
  /** Steps applied before; null where no single step is to blame. */
  readonly step: number | null;
}

/** One breach of a law. */
export interface Failure {
  readonly what: string;
  readonly where: Where;
  readonly expected?: string;
  readonly got?: string;
  /** Longer evidence, such as the two histories a seat should not have told apart. */
  readonly evidence?: readonly string[];
}

/** What a law found in one environment. */
export interface LawReport {
  readonly law: number;
  readonly title: string;
  /** How many cases were tried; what a case is, the law says in `note`. */
  readonly cases: number;
  readonly note?: string;
  /** Why the law does not apply here; then there are no cases. */
  readonly skipped?: string;
  readonly failures: readonly Failure[];
}

/** What a law itself gives; its number and title are added. */
export type Verdict = Omit<LawReport, 'law' | 'title'>;

/** NOTE: one breach usually repeats at every step; a handful of different ones is what a reader can use. */
const MOST = 20;

/** Collects cases and breaches. Each kind of breach is kept once, where it was met first. */
export class Findings {
  readonly failures: Failure[] = [];
  readonly #known = new Set<string>();
  cases = 0;

  add(what: string, where: Where, rest: Omit<Failure, 'what' | 'where'> = {}): void {
    if (this.#known.has(what) || this.failures.length >= MOST) return;
    this.#known.add(what);
    this.failures.push({ what, where, ...rest });
  }

  /** Records a breach unless the two texts are equal. */
  same(what: string, where: Where, expected: string, got: string): boolean {
    if (expected === got) return true;
    this.add(what, where, difference(expected, got));
    return false;
  }

  /** Runs a case; whatever it throws is a breach. */
  guard(where: Where, run: () => void): void {
    try {
      run();
    } catch (thrown) {
      this.add(`threw: ${messageOf(thrown)}`, where);
    }
  }

  async guardAsync(where: Where, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (thrown) {
      this.add(`threw: ${messageOf(thrown)}`, where);
    }
  }

  verdict(note?: string): Verdict {
    return { cases: this.cases, failures: this.failures, ...(note === undefined ? {} : { note }) };
  }
}

/** The two texts around the first place where they differ. */
export function difference(expected: string, got: string): { readonly expected: string; readonly got: string } {
  let at = 0;
  while (at < expected.length && expected[at] === got[at]) at++;
  return { expected: around(expected, at), got: around(got, at) };
}

function around(text: string, at: number): string {
  const from = Math.max(0, at - 40);
  const to = Math.min(text.length, at + 80);
  return `${from > 0 ? '...' : ''}${text.slice(from, to)}${to < text.length ? '...' : ''}`;
}

/** A breach in words, for terminals and test output. */
export function describeFailure({ what, where, expected, got, evidence }: Failure): string {
  const step = where.step === null ? '' : `, step ${where.step}`;
  const lines = [`${what} (config ${where.config}, seed ${where.seed}${step})`];
  if (expected !== undefined) lines.push(`  expected ${expected}`);
  if (got !== undefined) lines.push(`  got      ${got}`);
  return [...lines, ...(evidence ?? []).map((line) => `  ${line}`)].join('\n');
}
