import { UserError } from '../../src/core/errors.js';

/** A number of turns, as a memory takes it. @throws UserError */
export function readTurns(memory: string, argument: string): number {
  const turns = Number(argument);
  if (/^\d+$/.test(argument) && turns >= 1) return turns;
  throw new UserError(`memory ${memory} takes a number of turns from 1, as in ${memory}:4, got "${argument}"`);
}

/** How a number of turns is written. */
export function turnsInWords(count: number): string {
  return count === 1 ? '1 earlier turn' : `${count} earlier turns`;
}
