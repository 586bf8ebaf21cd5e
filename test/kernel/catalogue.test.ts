import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { Catalogue, environmentAt, readPlaces } from '../../src/core/catalogue.js';
import { UserError } from '../../src/core/errors.js';
import { Gym } from '../../src/core/gym.js';

const core = fileURLToPath(new URL('../../src/core/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ludus-catalogue-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file under the test's own folder and gives its path. */
function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** The source of a small environment somebody keeps outside the package. */
function source(id: string): string {
  return `
import { environment } from '${core}environment.js';
import { choice } from '${core}space.js';
import { z } from '${fileURLToPath(import.meta.resolve('zod'))}';

export const made = (id) => environment({
  spec: {
    id, version: '1.0.0', title: id, summary: 'one move', config: z.strictObject({}), rewards: {}, events: {},
    facts: () => ({
      seats: 1, information: 'perfect', chance: 'none', calls: false, dynamics: 'sequential',
      utility: { kind: 'general', min: 0, max: 0 }, horizon: 1,
    }),
    rules: () => 'Go.',
  },
  start: () => ({ gone: false }),
  turn: ({ gone }) => gone ? { kind: 'over', outcome: 'gone', truncated: false } : { kind: 'act', spaces: { 0: choice(['go']) } },
  apply: () => ({ state: { gone: true } }),
  view: (state) => state,
  say: () => '',
});
${id}`;
}

const standing = source(`export default made('corridor');`);
const nowhere = { environments: [], agents: [] };

function catalogueOf(...environments: string[]): Catalogue {
  return new Catalogue({ environments: environments.map((path) => join(folder, path)), agents: [] });
}

describe('the catalogue', () => {
  it('finds what the package brings, in order of ids', () => {
    const ids = new Catalogue(nowhere).environments.map(({ id }) => id);
    expect(ids).toContain('kuhn-poker');
    expect(ids).toEqual([...ids].sort());
    expect(new Catalogue(nowhere).agents.map(({ id }) => id)).toContain('random');
  });

  it('loads every environment it finds, families aside', async () => {
    const catalogue = new Catalogue(nowhere);
    const all = (await catalogue.all()).map(({ spec }) => spec.id);
    const others = catalogue.environments.map(({ id }) => id).filter((id) => !all.includes(id));
    for (const id of others)
      await expect(catalogue.environment(id)).rejects.toThrow(`"${id}" is a family: write ${id}:`);
    expect([...all, ...others].sort()).toEqual(catalogue.environments.map(({ id }) => id));
  });

  it.each<[string, RegExp]>([
    ['kuhn-pokr', /^there is no environment "kuhn-pokr"; did you mean kuhn-poker\?/],
    ['poker', /did you mean .*kuhn-poker/],
    ['', /^there is no environment ""/],
    ['__proto__', /^there is no environment "__proto__"/],
    ['kuhn-poker:3', /^environment "kuhn-poker" takes no argument$/],
  ])('has no environment %j and says what is near', async (id, message) => {
    const asking = new Catalogue(nowhere).environment(id);
    await expect(asking).rejects.toThrow(UserError);
    await expect(asking).rejects.toThrow(message);
  });

  it('seats an agent by its spec, and says what is near a wrong one', async () => {
    const catalogue = new Catalogue(nowhere);
    expect(await catalogue.agent('random')).toBeTypeOf('function');
    await expect(catalogue.agent('randon')).rejects.toThrow(/^there is no agent "randon"; did you mean random\?/);
  });
});

describe('a folder that ludus.config.json names', () => {
  it('brings its environments: one folder, or a folder of folders', async () => {
    write('one/corridor/index.mjs', standing);
    write('many/hall/index.mjs', source(`export default made('hall');`));
    write('many/no-environment/notes.txt', 'nothing here');
    write('many/file.txt', 'nothing here');
    symlinkSync(join(folder, 'gone'), join(folder, 'many/broken-link'));
    write('ludus.config.json', JSON.stringify({ environments: ['one/corridor', 'many'] }));
    const catalogue = new Catalogue(readPlaces(folder));
    for (const id of ['corridor', 'hall']) {
      const gym = new Gym(await catalogue.environment(id), {});
      await gym.reset();
      expect(await gym.step({ 0: 'go' })).toMatchObject({ terminated: true, info: { outcome: 'gone' } });
    }
    expect(catalogue.environments.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['corridor', 'hall', 'kuhn-poker']),
    );
  });

  it('brings its agents', async () => {
    write(
      'agents/goer.mjs',
      `export default { id: 'goer', title: '', usage: '', open: (argument) => () => argument };`,
    );
    write('agents/goer.test.mjs', 'throw new Error("a test is no agent")');
    write('agents/notes.txt', 'nothing here');
    const catalogue = new Catalogue({ environments: [], agents: [join(folder, 'agents')] });
    const goer = (await catalogue.agent('goer:a:b')) as unknown as () => string;
    expect(goer()).toBe('a:b');
    expect(catalogue.agents.map(({ id }) => id)).not.toContain('goer.test');
  });

  it.each<[string, RegExp]>([
    ['{', /ludus\.config\.json is not JSON: /],
    ['[]', /takes an object with "environments" and "agents", got \[\]$/],
    ['null', /takes an object .*, got null$/],
    ['{"environments": "envs"}', /"environments" takes a list of folders, got "envs"$/],
    ['{"agents": [1]}', /"agents" takes a list of folders, got \[1\]$/],
    ['{"environment": []}', /there is no "environment"; did you mean environments\?$/],
  ])('%s is refused', (text, message) => {
    write('wrong/ludus.config.json', text);
    expect(() => readPlaces(join(folder, 'wrong'))).toThrow(UserError);
    expect(() => readPlaces(join(folder, 'wrong'))).toThrow(message);
  });

  it('may be missing from the file, or the file itself', () => {
    write('empty/ludus.config.json', '{}');
    expect(readPlaces(join(folder, 'empty'))).toEqual(nowhere);
    expect(readPlaces(join(folder, 'no-such-folder'))).toEqual(nowhere);
  });

  it('must be there', () => {
    expect(() => catalogueOf('no-such-folder')).toThrow(/there is no folder .*no-such-folder/);
    write('a-file.txt', 'no folder');
    expect(() => catalogueOf('a-file.txt')).toThrow(/there is no folder .*a-file\.txt/);
  });

  it('must not bring what is there already', () => {
    write('twins/kuhn-poker/index.mjs', standing);
    expect(() => catalogueOf('twins')).toThrow(/^"kuhn-poker" is there twice: .*kuhn-poker.* and .*twins/);
  });
});

describe('a family', () => {
  it('makes an environment of its argument', async () => {
    write('family/maze/index.mjs', source('export const family = async (size) => made("maze:" + size);'));
    const catalogue = catalogueOf('family');
    expect((await catalogue.environment('maze:3x3')).spec.id).toBe('maze:3x3');
    expect((await catalogue.environment('maze:a:b')).spec.id).toBe('maze:a:b');
    await expect(catalogue.environment('maze')).rejects.toThrow('"maze" is a family: write maze:<argument>');
    expect((await catalogue.all()).map(({ spec }) => spec.id)).not.toContain('maze');
  });

  it('may also be an environment without one', async () => {
    write(
      'both/maze/index.mjs',
      source(`export const family = (size) => made('maze:' + size); export default made('maze');`),
    );
    const catalogue = catalogueOf('both');
    expect((await catalogue.environment('maze')).spec.id).toBe('maze');
    expect((await catalogue.environment('maze:2')).spec.id).toBe('maze:2');
  });
});

describe('a module that is no good says so with its path', () => {
  it.each<[string, string, RegExp]>([
    ['throws', 'throw new Error("no licence");', /^cannot load .*throws.index\.mjs: no licence$/],
    ['syntax', 'export default {', /^cannot load .*syntax.index\.mjs: /],
    ['nothing', 'export const x = 1;', /nothing.index\.mjs has no environment for "nothing"$/],
    ['no-rules', 'export default { spec: { id: "no-rules" } };', /no-rules.index\.mjs has no environment/],
    ['other', standing, /other.index\.mjs is found as "other" but calls itself "corridor"$/],
  ])('%s', async (id, text, message) => {
    write(`bad-${id}/${id}/index.mjs`, text);
    const asking = catalogueOf(`bad-${id}`).environment(id);
    await expect(asking).rejects.toThrow(UserError);
    await expect(asking).rejects.toThrow(message);
  });

  it('as an agent too', async () => {
    write('bad-agents/mute.mjs', 'export default {};');
    const catalogue = new Catalogue({ environments: [], agents: [join(folder, 'bad-agents')] });
    await expect(catalogue.agent('mute')).rejects.toThrow(/mute\.mjs has no agent as its default export$/);
  });
});

describe('an environment at a folder', () => {
  it('is loaded from there', async () => {
    write('at/corridor/index.mjs', standing);
    const { entry, environment } = await environmentAt(join(folder, 'at/corridor'));
    expect([entry.id, environment.spec.id]).toEqual(['corridor', 'corridor']);
    await expect(environmentAt(join(folder, 'at'))).rejects.toThrow(/holds no index\.ts or index\.js or index\.mjs/);
  });
});
