import type { Environment, Moves } from '../../../src/core/environment.js';
import type { Json } from '../../../src/core/json.js';

/** What chance brings, step after step; a test sets it before each game. */
export class Script {
  readonly #outcomes: Json[] = [];

  /** Chance does what it does in these moves. */
  set(moves: readonly Moves[]): void {
    this.#outcomes.splice(0, Infinity, ...moves.flatMap((one) => ('chance' in one ? [one.chance] : [])));
  }

  next(): Json {
    const outcome = this.#outcomes.shift();
    if (outcome === undefined) throw new Error('chance is to move once more than it was told');
    return outcome;
  }
}

/** The same rules with chance by script: all else of a table stays what it is. */
export function scripted(environment: Environment, script: Script): Environment {
  return Object.create(environment, {
    turn: {
      value: (state: Json) => {
        const turn = environment.turn(state);
        return turn.kind === 'chance' ? { kind: 'chance', draw: () => script.next() } : turn;
      },
    },
  }) as Environment;
}
