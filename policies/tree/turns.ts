import { type Environment, type Outcomes, type Seat, seatName, type Turn } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import type { ActionSpace } from '../../src/core/space.js';

/**
 * The outcomes of a chance turn.
 * @throws UserError at turns that no list of branches describes: answers from outside, drawn chance
 */
export function outcomesOf(environment: Environment, turn: Exclude<Turn, { kind: 'act' | 'over' }>): Outcomes {
  const { id } = environment.spec;
  if (turn.kind === 'call') {
    throw new UserError(
      `${id}: a call turn is answered from outside, so its answers cannot be listed; no tree holds it`,
    );
  }
  if ('outcomes' in turn) return turn.outcomes;
  throw new UserError(`${id}: a chance turn draws its outcome instead of listing all of them; a tree needs the list`);
}

/**
 * The ids of the options of spaces. Spaces with the same options give the same array, so that arrays can be compared.
 */
export class OptionLists {
  readonly #environment: Environment;
  readonly #bySpace = new WeakMap<ActionSpace, readonly string[]>();
  readonly #byText = new Map<string, readonly string[]>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** @throws UserError at a space that is no choice, naming it */
  of(space: ActionSpace, seat: Seat): readonly string[] {
    let ids = this.#bySpace.get(space);
    if (ids === undefined) {
      ids = this.#shared(idsOf(this.#environment, space, seat));
      this.#bySpace.set(space, ids);
    }
    return ids;
  }

  #shared(ids: readonly string[]): readonly string[] {
    const text = JSON.stringify(ids);
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    this.#byText.set(text, ids);
    return ids;
  }
}

function idsOf(environment: Environment, space: ActionSpace, seat: Seat): readonly string[] {
  if (space.kind === 'choice') return space.options.map(({ id }) => id);
  const { id } = environment.spec;
  throw new UserError(
    `${id}: ${seatName(seat)} is asked for ${endless(space)}; solve an abstraction in which it is a choice`,
  );
}

function endless(space: Exclude<ActionSpace, { kind: 'choice' }>): string {
  switch (space.kind) {
    case 'text':
      return `a text ("${space.purpose}"), and texts have no end of moves`;
    case 'tools':
      return `calls of tools (${space.tools.join(', ')}), and their arguments have no end`;
    case 'form':
      return `the form "${space.form}", which no list of options describes`;
  }
}
