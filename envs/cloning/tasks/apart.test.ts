import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ENVIRONMENT = join(HERE, '..');

/** What each source of a folder imports, as paths from the environment's folder. */
function imports(folder: string): [source: string, target: string][] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(test|testing)\.ts$/.test(file),
  );
  return files.flatMap((file) => {
    const path = join(folder, file);
    const found = readFileSync(path, 'utf8').matchAll(/(?:from|import) '(\.[^']*)'/g);
    return Array.from(found, ([, target]) => {
      const from = relative(ENVIRONMENT, path);
      return [from, relative(ENVIRONMENT, join(dirname(path), target as string))] as [string, string];
    });
  });
}

/** Tasks and oracle check the tools, and the tools them, because neither stands on the other's biology. */
describe('tasks and tools', () => {
  it('tasks take nothing of the environment but their own folder', () => {
    const outside = imports(HERE).filter(
      ([, target]) => !target.startsWith('tasks/') && !target.startsWith('../../src/core/'),
    );
    expect(outside).toEqual([]);
    expect(imports(HERE).length).toBeGreaterThan(50);
  });

  it('tools take of the tasks what a task is and how it is graded, and no more', () => {
    const all = ['dna', 'library', 'tools'].flatMap((folder) => imports(join(ENVIRONMENT, folder)));
    const taken = all.filter(([, target]) => target.startsWith('tasks/')).map(([, target]) => target);
    expect([...new Set(taken)].sort()).toEqual(['tasks/grade.js', 'tasks/task.js']);
  });

  it('what reads for the oracle takes nothing of how tasks are made', () => {
    const makers = /^tasks\/(kinds|make|plasmids|vectors|shelf)/;
    expect(imports(join(HERE, 'oracle')).filter(([, target]) => makers.test(target))).toEqual([]);
  });
});
