import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Findings } from './report.js';
import type { Law } from './subject.js';

/** The sixth law: facts from outside stand beside the rules as a table with sources. What it holds, its own test checks. */
export const factsFile: Law = {
  law: 6,
  title: 'facts from outside stand in a test of their own',
  run({ folder }) {
    if (folder === null) return { cases: 0, skipped: 'no folder was given to look for facts.test.ts', failures: [] };
    const findings = new Findings();
    const where = { config: 'default', seed: 'none', step: null };
    findings.cases = 1;
    const file = existsSync(folder)
      ? readdirSync(folder).find((name) => /^facts\.test\.[cm]?[jt]s$/.test(name))
      : undefined;
    if (file === undefined) {
      return {
        cases: 0,
        skipped: 'there is no facts.test.ts: a table of facts from outside, with sources',
        failures: [],
      };
    }
    if (readFileSync(join(folder, file), 'utf8').trim() === '') findings.add(`${file} is empty`, where);
    return findings.verdict('files');
  },
};
