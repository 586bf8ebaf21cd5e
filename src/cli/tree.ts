import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { canonical, fingerprintOf } from '../../policies/folder.js';
import { gameOf } from '../../policies/game.js';
import type { Game } from '../../policies/solver.js';
import { decodeTree, encodeTree } from '../../policies/tree/bytes.js';
import { compile } from '../../policies/tree/compile.js';
import type { GameTree } from '../../policies/tree/game-tree.js';
import type { Catalogue } from '../core/catalogue.js';
import type { Environment } from '../core/environment.js';
import { UserError } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import { span } from './progress.js';
import type { Screen } from './screen.js';

/** Compiling that takes longer than this, in milliseconds, is kept for next time. */
const WORTH_KEEPING_MS = 2000;

export interface GameSettings {
  readonly catalogue: Catalogue;
  readonly screen: Screen;
  /** The most histories; the usual limit when absent. */
  readonly limit?: number | undefined;
  /** Where trees are kept. */
  readonly trees?: string;
}

/**
 * A game whose tree is compiled before the reader's eyes, and kept in a file where that took long. A file serves one
 * version, configuration and wording of the rules: whoever works on an environment never gets yesterday's tree.
 */
export function shownGame(environment: Environment, config: JsonObject, settings: GameSettings): Game {
  return gameOf(environment, config, {
    tree: () => {
      const file = fileFor(environment, config, settings);
      return kept(file, environment, config) ?? made(file, environment, config, settings);
    },
  });
}

function fileFor(environment: Environment, config: JsonObject, { catalogue, trees = 'runs' }: GameSettings): string {
  const { id, version } = environment.spec;
  const { folder } = catalogue.entry(id);
  const key = fingerprintOf(canonical([id, version, config, sourcesOf(folder)])).slice(0, 16);
  return join(trees, id.replace(/[^\p{L}\p{N}._+-]+/gu, '_'), `tree-${key}.bin`);
}

/** A fingerprint of the code in an environment's folder. */
function sourcesOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ['.ts', '.js', '.mjs', '.json'].includes(extname(name)) && !/\.test\.\w+$/.test(name))
    .sort();
  return fingerprintOf(files.map((name) => `${name} ${fingerprintOf(readFileSync(join(folder, name)))}`).join('\n'));
}

function kept(file: string, environment: Environment, config: JsonObject): GameTree | null {
  if (!existsSync(file)) return null;
  try {
    return decodeTree(new Uint8Array(readFileSync(file)), environment, config, file);
  } catch (error) {
    // NOTE: a file of another format or cut off costs only the time of compiling again.
    if (error instanceof UserError) return null;
    throw error;
  }
}

function made(file: string, environment: Environment, config: JsonObject, { screen, limit }: GameSettings): GameTree {
  const began = performance.now();
  const progress = (done: number, estimate: number): void => {
    const line = (): string => compiling(done, estimate, (performance.now() - began) / 1000);
    screen.show(() => [line()], line);
  };
  const tree = compile(environment, config, { knowledge: true, progress, ...(limit === undefined ? {} : { limit }) });
  if (performance.now() - began > WORTH_KEEPING_MS) keep(file, tree);
  return tree;
}

function keep(file: string, tree: GameTree): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, encodeTree(tree));
  renameSync(`${file}.new`, file);
}

function compiling(done: number, estimate: number, seconds: number): string {
  const count = done.toLocaleString('en');
  if (!(estimate > done)) return `compiling: ${count} histories`;
  const left = span((seconds * (estimate - done)) / done);
  return `compiling: ${count} histories of about ${Math.round(estimate).toLocaleString('en')}, ${left} left`;
}
