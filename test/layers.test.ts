import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../src/core/catalogue.js';
import {
  blindSpots,
  hiddenInputs,
  importCycles,
  isTest,
  type Module,
  namedItems,
  type Packages,
  parse,
  serverInPage,
  wrongImports,
} from './layers.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'envs', 'agents', 'policies', 'replays', 'web', 'docs', 'examples', 'bench', 'scripts', 'test'];

describe('this repository', () => {
  const modules = parse(readSources());
  const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
    readFileSync(`${ROOT}package.json`, 'utf8'),
  ) as {
    [kind: string]: { [name: string]: string };
  };
  const packages = {
    dependencies: Object.keys({ ...dependencies, ...optionalDependencies }),
    devDependencies: Object.keys(devDependencies ?? {}),
  };
  const ids = new Catalogue({ environments: [], agents: [] }).environments.map(({ id }) => id);

  // NOTE: a checker that reads nothing finds nothing wrong.
  it('is read whole', () => {
    const imports = new Map(modules.map(({ path, imports }) => [path, imports.map(({ target }) => target)]));
    expect(imports.get('src/index.ts')).toContain('src/core/environment.ts');
    expect(imports.get('examples/gym.ts')).toEqual(['src/index.ts']);
    expect(imports.get('agents/replay.ts')).toContain('replays/schema.ts');
    const folders = new Set(modules.map(({ path }) => path.split('/')[0]));
    for (const folder of ['src', 'envs', 'agents', 'replays', 'examples', 'bench', 'scripts', 'test']) {
      expect(folders).toContain(folder);
    }
    expect(ids).not.toEqual([]);
    const inside = modules.flatMap(({ imports }) => imports.map(({ target }) => target));
    expect(inside.filter((target) => target !== null && !existsSync(ROOT + target))).toEqual([]);
  });

  it('imports one way only', () => expect(wrongImports(modules, packages)).toEqual([]));
  it('has no circle of imports', () => expect(importCycles(modules)).toEqual([]));
  it('never looks away from the compiler or the linter', () => expect(blindSpots(modules)).toEqual([]));
  it('has no clock and no chance of its own in rules, kernel and policies', () =>
    expect(hiddenInputs(modules)).toEqual([]));
  it('takes nothing that runs from the server into the page', () => expect(serverInPage(modules)).toEqual([]));
  it('names no environment in shared code', () => expect(namedItems(modules, ids)).toEqual([]));
});

const PACKAGES: Packages = {
  dependencies: ['zod', 'commander', '@scope/kept'],
  devDependencies: ['typescript', 'react'],
};

/** Sources that hold nothing by themselves, so that what a test plants is all there is to find. */
function planted(sources: { readonly [path: string]: string }): Module[] {
  return parse(new Map(Object.entries(sources)));
}

const wrong = (path: string, text: string) =>
  wrongImports(planted({ 'envs/nim/view.tsx': '', 'web/face.ts': '', [path]: text }), PACKAGES);

describe('an import against the layers is caught', () => {
  it.each([
    ['the kernel, of anything above', 'src/core/a.ts', '../../replays/read.js'],
    ['a record, of an agent', 'replays/a.ts', '../agents/random.js'],
    ['a record, of an environment', 'replays/a.ts', '../envs/nim/index.js'],
    ['an environment, of another', 'envs/nim/index.ts', '../chess/board.js'],
    ['an environment, of a record', 'envs/nim/index.ts', '../../replays/read.js'],
    ['networks, of records', 'src/nn/a.ts', '../../replays/read.js'],
    ['a model client, of a policy', 'src/llm/a.ts', '../../policies/cfr.js'],
    ['a policy, of an agent', 'policies/cfr.ts', '../agents/random.js'],
    ['an agent, of the arena', 'agents/terminal/page.ts', '../../src/arena/rollout.js'],
    ['an agent, of the laws', 'agents/a.ts', '../src/laws/run.js'],
    ['the arena, of an environment', 'src/arena/a.ts', '../../envs/nim/index.js'],
    ['the laws, of an agent', 'src/laws/a.ts', '../../agents/random.js'],
    ['the public face, of an agent', 'src/index.ts', '../agents/random.js'],
    ['a leaf, of a leaf', 'src/server/a.ts', '../cli/exit.js'],
    ['the arena, of a leaf', 'src/arena/a.ts', '../cli/exit.js'],
    ['a leaf, of a script', 'src/cli/a.ts', '../../scripts/cards.js'],
    ['a leaf, of a benchmark', 'src/cli/a.ts', '../../bench/main.js'],
    ['a leaf, of the public face', 'src/cli/a.ts', '../index.js'],
    ['a script, of the public face', 'scripts/a.ts', '../src/index.js'],
    ['a benchmark, of the kernel', 'bench/a.bench.ts', '../src/core/play.js'],
    ['a benchmark, of the public face by its path', 'bench/a.bench.ts', '../src/index.js'],
    ['an example, of an environment', 'examples/a.ts', '../envs/nim/index.js'],
    ['a source, of something outside the repository', 'src/cli/a.ts', '../../../elsewhere/a.js'],
    ['a source, of a test', 'src/cli/a.ts', '../../test/survey.js'],
    ['an environment, of its own test', 'envs/nim/index.ts', './facts.test.js'],
    ['an environment, of its own test support', 'envs/nim/index.ts', './trial.testing.js'],
    ['a leaf, of the face by name', 'src/cli/a.ts', 'ludus'],
    ['an environment, of the face by name', 'envs/nim/index.ts', 'ludus'],
    ["an environment, of its page's face", 'envs/nim/index.ts', './view.js'],
    ['a face, of another environment', 'envs/nim/view.tsx', '../chess/board.js'],
    ['a face, of the page', 'envs/nim/view.tsx', '../../web/app.js'],
    ['the page, of an agent', 'web/a.ts', '../agents/random.js'],
    ['the page, of rules', 'web/a.ts', '../envs/nim/index.js'],
  ])('%s', (_, path, specifier) => expect(wrong(path, `import { a } from '${specifier}';`)).toHaveLength(1));

  it('with its reason', () => {
    const sources = { 'envs/nim/index.ts': "import '../chess/board.js';", 'envs/chess/board.ts': '' };
    expect(wrongImports(planted(sources), PACKAGES)).toEqual([
      'envs/nim/index.ts imports envs/chess/board.ts: an environment imports src/core and its own folder only',
    ]);
  });

  it('in a folder that no layer has', () => {
    expect(wrong('src/helpers/a.ts', '')).toEqual(['src/helpers/a.ts belongs to no layer']);
  });

  it.each([
    ['a type', "import type { A } from '../../replays/a.js';"],
    ['a re-export', "export { a } from '../../replays/a.js';"],
    ['a re-export of all', "export * from '../../replays/a.js';"],
    ['a re-export of types', "export type { A } from '../../replays/a.js';"],
    ['a bare import', "import '../../replays/a.js';"],
    ['a dynamic import', "const a = await import('../../replays/a.js');"],
    ['a dynamic import without quotes', 'const a = await import(`../../replays/a.js`);'],
    ['a type written as an import', "type A = import('../../replays/a.js').A;"],
    ['the old form', "import a = require('../../replays/a.js');"],
    ['a call of require', "const a = require('../../replays/a.js');"],
  ])('written as %s', (_, text) => expect(wrong('src/core/a.ts', text)).toHaveLength(1));
});

describe('a package where it may not be is caught', () => {
  it.each([
    ['in the kernel', 'src/core/a.ts', 'commander'],
    ['in an environment', 'envs/nim/index.ts', 'commander'],
    ['that only development has, in a sandbox', 'envs/nim/sandbox/run.ts', 'typescript'],
    ['that is not declared', 'src/cli/a.ts', 'chalk'],
    ['that is not declared, within a scope', 'src/cli/a.ts', '@scope/lost/part'],
    ['that only development has, in what is built', 'replays/a.ts', 'typescript'],
    ['that is not declared, in a script', 'scripts/a.mjs', 'chalk'],
    ['in a benchmark, of one that nobody declared', 'bench/a.bench.ts', 'left-pad'],
    ['in an example', 'examples/a.ts', 'zod'],
    ['in a face', 'envs/nim/view.tsx', 'zod'],
    ['in an example', 'examples/a.ts', 'zod'],
    ['in a face', 'envs/nim/view.tsx', 'zod'],
    ['of Node without its scheme', 'src/cli/a.ts', 'fs'],
    ['that reads files, in the rules', 'envs/nim/index.ts', 'node:fs/promises'],
    ['that starts threads, in the rules', 'envs/nim/rules/sandbox.ts', 'node:worker_threads'],
    ['that opens sockets, in the rules', 'envs/nim/rules.ts', 'node:net'],
    ['that starts processes, in the rules', 'envs/nim/rules.ts', 'node:child_process'],
  ])('%s', (_, path, specifier) => expect(wrong(path, `import a from '${specifier}';`)).toHaveLength(1));
});

describe('an import that the layers allow passes', () => {
  it.each([
    ['src/core/a.ts', './b.js'],
    ['src/core/a.ts', 'zod'],
    ['src/core/a.ts', 'node:fs'],
    ['envs/nim/index.ts', './talk/words.js'],
    ['envs/nim/talk/words.ts', '../../../src/core/space.js'],
    ['envs/nim/dataset.ts', 'node:fs'],
    ['envs/nim/index.ts', 'node:util'],
    ['envs/nim/sandbox/threads.ts', 'node:worker_threads'],
    ['envs/nim/sandbox/run.ts', '@scope/kept'],
    ['envs/nim/outside/folder.ts', 'node:fs/promises'],
    ['envs/nim/outside/pdf.ts', '@scope/kept/part'],
    ['envs/nim/sandbox/loader.mjs', 'typescript'],
    ['policies/cfr.ts', '../src/nn/train.js'],
    ['agents/terminal/page.ts', '../../replays/read.js'],
    ['src/arena/a.ts', '../../agents/random.js'],
    ['src/index.ts', './arena/rollout.js'],
    ['src/cli/a.ts', '../laws/run.js'],
    ['src/cli/a.ts', '@scope/kept/part'],
    ['src/arena/loader.mjs', 'typescript'],
    ['scripts/a.ts', '../src/cli/main.js'],
    ['envs/nim/view.tsx', './board.js'],
    ['envs/nim/view.tsx', '../../web/face.js'],
    ['envs/nim/view.tsx', '../../web/face/grid.js'],
    ['envs/nim/view.tsx', 'react'],
    ['web/a.tsx', '../src/server/wire/wire.js'],
    ['web/a.tsx', '../envs/nim/view.js'],
    ['bench/a.bench.ts', 'ludus'],
    ['bench/a.bench.ts', 'typescript'],
    ['examples/a.ts', 'ludus'],
    ['envs/nim/facts.test.ts', '../../agents/random.js'],
  ])('%s of %s', (path, specifier) => expect(wrong(path, `import { a } from '${specifier}';`)).toEqual([]));
});

describe('a server in the page is caught', () => {
  const found = (text: string) => serverInPage(planted({ 'web/a.ts': text }));

  it.each([
    "import { a } from '../src/server/a.js';",
    "import { type A, a } from '../src/server/a.js';",
    "import '../src/server/a.js';",
    "export * from '../src/server/a.js';",
    "const a = await import('../src/server/a.js');",
  ])('%s', (text) => expect(found(text)).toHaveLength(1));

  it('and its types are none', () => expect(found("import type { A } from '../src/server/a.js';")).toEqual([]));
});

describe('a circle of imports is caught', () => {
  it('with the way round', () => {
    const sources = {
      'src/core/a.ts': "import './b.js';",
      'src/core/b.ts': "import type { C } from './c.js';",
      'src/core/c.ts': "export * from './b.js';",
    };
    expect(importCycles(planted(sources))).toEqual(['src/core/b.ts -> src/core/c.ts -> src/core/b.ts']);
  });

  it('through the public face', () => {
    const sources = { 'src/index.ts': "export * from '../bench/a.js';", 'bench/a.ts': "import 'ludus';" };
    expect(importCycles(planted(sources))).toEqual(['src/index.ts -> bench/a.ts -> src/index.ts']);
  });

  it('where a source imports itself', () => {
    expect(importCycles(planted({ 'web/a.tsx': "import './a.js';" }))).toEqual(['web/a.tsx -> web/a.tsx']);
  });

  it('and two ways to the same source are none', () => {
    const sources = { 'web/a.ts': "import './b.js'; import './c.js';", 'web/b.ts': "import './c.js';", 'web/c.ts': '' };
    expect(importCycles(planted(sources))).toEqual([]);
  });
});

describe('looking away is caught', () => {
  const found = (text: string) => blindSpots(planted({ 'bench/a.ts': text }));

  it.each(['const a: readonly any[] = [];', 'const a = b as any;', 'const a = f<any>();'])('%s', (text) =>
    expect(found(text)).toEqual(['bench/a.ts: any']),
  );

  // NOTE: put together here, so that no tool takes the planted words for an order to itself.
  it.each([
    ['@ts', 'ignore'],
    ['@ts', 'expect-error'],
    ['@ts', 'nocheck'],
    ['biome', 'ignore'],
  ])('%s-%s', (tool, order) =>
    expect(found(`f(0);\n// ${tool}-${order}\nf(1);`)).toEqual([`bench/a.ts: ${tool}-${order}`]),
  );

  it('and the word "any" is none', () => {
    expect(found("/** any */ const any = 'any: any';")).toEqual([]);
  });
});

describe('a hidden clock or chance is caught', () => {
  const found = (path: string, text: string) => hiddenInputs(planted({ [path]: text }));

  it.each([
    ['Math.random()', 'Math.random'],
    ['[1].map(Math.random)', 'Math.random'],
    ["Math['random']()", "Math['random']"],
    ['const { random } = Math', '{ random } = Math'],
    ['globalThis.Math.random()', 'globalThis.Math.random'],
    ['Date.now()', 'Date'],
    ['new Date()', 'Date'],
    ['new globalThis.Date()', 'Date'],
    ['f({ Date })', 'Date'],
    ['performance.now()', 'performance'],
    ['crypto.randomUUID()', 'crypto'],
  ])('%s', (text, name) => {
    for (const path of ['envs/nim/index.ts', 'src/core/a.ts', 'policies/cfr.ts']) {
      expect(found(path, text)).toEqual([`${path}: ${name}`]);
    }
  });

  it.each(['Math.floor(2)', 'globalThis.Math.PI', '[1].map(Math.abs)', 'f(clock.performance)', 'f({ Date: 1 })'])(
    'and %s is none',
    (text) => expect(found('src/core/a.ts', text)).toEqual([]),
  );

  it('where time and chance are allowed, it is none', () => {
    expect(found('bench/a.bench.ts', 'performance.now()')).toEqual([]);
    expect(found('envs/nim/facts.test.ts', 'Math.random()')).toEqual([]);
  });
});

describe('shared code that names an item is caught', () => {
  const found = (path: string, text: string) => namedItems(planted({ [path]: text }), ['chess', 'nim']);

  it('as a literal of any kind', () => {
    expect(found('src/core/a.ts', "if (id === 'nim') f();")).toEqual(["src/core/a.ts: 'nim'"]);
    expect(found('src/cli/a.ts', 'switch (id) { case `nim`: f(); }')).toEqual(["src/cli/a.ts: 'nim'"]);
  });

  it('and an example in a longer text, or a name outside shared code, is none', () => {
    expect(found('src/cli/a.ts', "help('ludus match nim --seed 7')")).toEqual([]);
    expect(found('bench/a.bench.ts', "make('nim')")).toEqual([]);
  });
});

/** Every source below the folders, by path. */
function readSources(): Map<string, string> {
  const paths = FOLDERS.filter((folder) => existsSync(ROOT + folder)).flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /\.(m?[jt]s|tsx)$/.test(path) && !path.includes('node_modules/')),
  );
  return new Map(paths.map((path) => [path, readFileSync(ROOT + path, 'utf8')]));
}

it('tests are told by folder and by name', () => {
  expect(['test/tree.ts', 'envs/nim/facts.test.ts', 'envs/nim/trial.testing.ts'].map(isTest)).toEqual([
    true,
    true,
    true,
  ]);
  expect(['bench/steps.bench.ts', 'envs/nim/testing.ts', 'src/core/test.ts'].some(isTest)).toBe(false);
});
