import { expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.js';
import { moduleOf, optionalPackage } from '../../src/core/modules.js';

test('a package that is not installed is asked for by its name', () => {
  const taking = () => optionalPackage('no-such-package/part', 'a game');
  expect(taking).toThrow(UserError);
  expect(taking).toThrow(
    'a game needs the package no-such-package, which is not installed: npm install no-such-package',
  );
  expect(() => optionalPackage('immer', 'a game', 'no-such-package/part')).toThrow('npm install no-such-package');
});

test('a package, and a package of its own, are taken as CommonJS gives them', () => {
  expect(optionalPackage('boardgame.io/core', 'a test')).toMatchObject({ INVALID_MOVE: 'INVALID_MOVE' });
  expect(optionalPackage('immer', 'a test', 'boardgame.io/internal')).toHaveProperty('original');
});

test('a module is a path, or a package of the working directory', async () => {
  expect(await moduleOf('test/kernel/toys.ts')).toHaveProperty('toy');
  expect(await moduleOf('zod')).toHaveProperty('z');
  await expect(moduleOf('./nowhere.js')).rejects.toThrow(/cannot find the module "\.\/nowhere\.js": there is no file/);
});
