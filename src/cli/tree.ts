import { gameOf } from '../../policies/game.js';
import type { Game } from '../../policies/solver.js';
import type { Environment } from '../core/environment.js';
import type { JsonObject } from '../core/json.js';
import { span } from './progress.js';
import type { Screen } from './screen.js';

/** A game whose tree is compiled before the reader's eyes. @param limit the most histories; undefined for the usual */
export function shownGame(environment: Environment, config: JsonObject, screen: Screen, limit?: number): Game {
  const began = performance.now();
  const progress = (done: number, estimate: number): void => {
    const line = (): string => compiling(done, estimate, (performance.now() - began) / 1000);
    screen.show(() => [line()], line);
  };
  return gameOf(environment, config, { progress, ...(limit === undefined ? {} : { limit }) });
}

function compiling(done: number, estimate: number, seconds: number): string {
  const count = done.toLocaleString('en');
  if (!(estimate > done)) return `compiling: ${count} histories`;
  const left = span((seconds * (estimate - done)) / done);
  return `compiling: ${count} histories of about ${Math.round(estimate).toLocaleString('en')}, ${left} left`;
}
