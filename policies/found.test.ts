import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { learner, learners, policyKind, solver, solvers } from './found.js';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ludus-found-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('solvers and learners are found by the id they give themselves, each once', async () => {
  for (const found of [await solvers(), await learners()]) {
    const ids = found.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const { id, title, paper } of found) expect(`${id} ${title} ${paper}`).toMatch(/^[a-z0-9+-]+ \S.* \S/);
  }
  for (const { id } of await solvers()) expect((await solver(id)).id).toBe(id);
});

it('every solver has roads that say what they take, and defaults for all options', async () => {
  for (const { id, options, roads } of await solvers()) {
    expect(Object.keys(roads).length, id).toBeGreaterThan(0);
    expect(Object.values(roads).every(({ says }) => says !== '')).toBe(true);
    expect(options.safeParse({}).success, id).toBe(true);
    expect(options.safeParse({ 'no such option': 1 }).success, id).toBe(false);
  }
});

it('a name that is not there is answered with the nearest', async () => {
  await expect(solver('cfr++')).rejects.toThrow('there is no solver "cfr++"; did you mean cfr+');
  await expect(learner('')).rejects.toThrow('there is no learner ""');
  await expect(policyKind('tabel')).rejects.toThrow('nothing here seats a policy of kind "tabel"; known: ');
  await expect(policyKind('../found')).rejects.toThrow('nothing here seats');
});

it('a file of one’s own is taken by its path, and refused in words', async () => {
  const own = join(home, 'mine.mjs');
  writeFileSync(own, "export default { id: 'mine', roads: {}, options: {} };");
  expect((await solver(own)).id).toBe('mine');
  await expect(learner(own)).rejects.toThrow(`${own} has no learner as its default export`);
  writeFileSync(join(home, 'broken.mjs'), 'export default {');
  await expect(solver(join(home, 'broken.mjs'))).rejects.toThrow(/cannot load .*broken.mjs: /);
  await expect(solver(join(home, 'none.mjs'))).rejects.toThrow('there is no file');
});
