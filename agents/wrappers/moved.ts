import type { ActRequest, Decision } from '../../src/core/agent.js';
import { readAnswer } from '../../src/core/answers.js';
import type { Environment } from '../../src/core/environment.js';
import type { Read } from '../../src/core/read.js';
import { check, type Move } from '../../src/core/space.js';

export type Moved = Read<Move>;

/** The move of a decision as the table would read it, or how it fails. */
export function movedBy({ spec }: Environment, { space }: Pick<ActRequest, 'space'>, decision: Decision): Moved {
  if ('failed' in decision) return { ok: false, failure: decision.failed.failure, reason: decision.failed.reason };
  return 'move' in decision ? check(spec, space, decision.move) : readAnswer(spec, space, decision.reply);
}
