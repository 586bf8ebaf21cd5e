import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Catalogue } from '../src/core/catalogue.js';
import type { Environment } from '../src/core/environment.js';
import { spacesMet } from '../src/laws/answers.js';
import { readsOne } from '../src/laws/fuzz.js';
import { describeFailure, Findings, type LawReport } from '../src/laws/report.js';
import { LAWS, lawTable, runLaws } from '../src/laws/run.js';
import { trialsOf } from '../src/laws/subject.js';

/** All laws over everything in the catalogue. Nothing here knows a name; exceptions are properties of specs. */
const catalogue = new Catalogue();
const everything = await catalogue.all();
const rows: { readonly id: string; readonly reports: readonly LawReport[] }[] = [];

/** NOTE: two neighbours are enough to disturb a shared memory; the one before and the one after make all take part. */
function neighboursOf(environment: Environment): Environment[] {
  const at = everything.indexOf(environment);
  return [...new Set([everything.at(at - 1), everything[(at + 1) % everything.length]])].filter(
    (other) => other !== undefined && other !== environment,
  ) as Environment[];
}

it('the catalogue holds environments', () => {
  expect(everything.length).toBeGreaterThan(0);
});

describe.each(everything.map((environment) => [environment.spec.id, environment] as const))('%s', (id, environment) => {
  let reports: readonly LawReport[] = [];
  beforeAll(async () => {
    reports = await runLaws(environment, {
      folder: catalogue.entry(id).folder,
      others: neighboursOf(environment),
      seeds: 200,
    });
    rows.push({ id, reports });
  });

  it.each(LAWS.map(({ law, title }) => [law, title] as const))('law %i: %s', (law) => {
    const report = reports.find((one) => one.law === law);
    expect(report?.failures.map(describeFailure)).toEqual([]);
    expect((report?.cases ?? 0) > 0 || (report?.skipped ?? '') !== '').toBe(true);
  });

  it('has its golden transcript and its table of facts', () => {
    const kept = reports.filter(({ law, cases }) => (law === 5 || law === 6) && cases > 0);
    expect(kept.map(({ law }) => law)).toEqual([5, 6]);
  });

  it('law 7, fuzzed: readers give a value that belongs, or a reason', () => {
    const findings = new Findings();
    const trials = trialsOf(environment, { seeds: 4, cases: 60, variations: 1 });
    const spaces = spacesMet(environment, trials, findings).slice(0, 20);
    expect(spaces.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.constantFrom(...spaces), replies(), fc.boolean(), ({ space, where }, text, truncated) => {
        readsOne(environment.spec, space, text, truncated, where, findings);
        expect(findings.failures.map(describeFailure)).toEqual([]);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

/** Any text, any JSON, and either of them with the marks of answers around and inside. */
function replies(): fc.Arbitrary<string> {
  const inner = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.string());
  const mark = fc.constantFrom('<answer>', '</answer>', '<think>', '</think>', '```json\n', '\n```', '');
  const marked = fc.array(fc.oneof(inner, mark), { maxLength: 6 }).map((parts) => parts.join(''));
  return fc.oneof(
    inner,
    marked,
    inner.map((text) => `<answer>${text}</answer>`),
  );
}

afterAll(() => {
  console.log(`\nCases run, law by environment\n\n${lawTable(rows)}\n`);
});
