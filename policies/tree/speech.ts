import type { ActTurn, Environment, Moves, Seat, Turn } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import { type ActionSpace, type ChoiceSpace, check, type TextSpace } from '../../src/core/space.js';

/** Something that can be said: what it is called, how it is shown as an option, and the words that are spoken. */
export interface Utterance {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

/** Who is asked for a text, and for what. */
export interface SpeechRequest {
  readonly purpose: string;
  readonly seat: Seat;
  /** What the seat knows; made when first read. */
  readonly view: Json;
}

/**
 * What a seat may say: a function of the request and nothing else, at least one, no id and no text twice. Giving the same list
 * again where nothing differs saves time.
 */
export type Utterances = (request: SpeechRequest) => readonly Utterance[];

/**
 * An environment in which every text is a choice among utterances: the same rules, events and views, with the words of
 * the chosen utterance where the text would be. What was written for texts (scripted players, the vocabulary of a
 * vector) is left out. Its id is the other's with `-speech` behind it.
 */
export function withSpeech(environment: Environment, utterances: Utterances): Environment {
  const { spec, answer, show, key } = environment;
  const menus = new Menus(environment, utterances);
  return {
    spec: { ...spec, id: `${spec.id}-speech` },
    start: (config) => environment.start(config),
    turn: (state) => menus.turn(state),
    apply: (state, moves) => environment.apply(state, menus.spoken(state, moves)),
    view: (state, viewer) => environment.view(state, viewer),
    say: (event, viewer) => environment.say(event, viewer),
    ...(show === undefined ? {} : { show: (view) => show.call(environment, view) }),
    ...(answer === undefined ? {} : { answer: (request, signal) => answer.call(environment, request, signal) }),
    ...(key === undefined ? {} : { key: (view) => key.call(environment, view) }),
  };
}

/** What can be said as a space, with the words by id. */
interface Menu {
  readonly space: ChoiceSpace;
  readonly texts: ReadonlyMap<string, string>;
}

class Menus {
  readonly #environment: Environment;
  readonly #utterances: Utterances;
  /** NOTE: a list that comes again gives the same space, so that nobody has to compare options again. */
  readonly #made = new WeakMap<readonly Utterance[], Menu>();

  constructor(environment: Environment, utterances: Utterances) {
    this.#environment = environment;
    this.#utterances = utterances;
  }

  turn(state: Json): Turn {
    const turn = this.#environment.turn(state);
    if (turn.kind !== 'act' || !hasText(turn)) return turn;
    const spaces: { [seat: number]: ActionSpace } = {};
    for (const [seat, space] of spacesOf(turn)) {
      spaces[seat] = space.kind === 'text' ? this.#menu(state, seat, space).space : space;
    }
    return { kind: 'act', spaces };
  }

  /** The moves with texts in place of the ids of utterances. */
  spoken(state: Json, moves: Moves): Moves {
    if (!('seats' in moves)) return moves;
    const turn = this.#environment.turn(state);
    if (turn.kind !== 'act' || !hasText(turn)) return moves;
    const seats = { ...moves.seats };
    for (const [seat, space] of spacesOf(turn)) {
      if (space.kind === 'text') seats[seat] = this.#menu(state, seat, space).texts.get(seats[seat] as string) ?? '';
    }
    return { seats };
  }

  #menu(state: Json, seat: Seat, space: TextSpace): Menu {
    const environment = this.#environment;
    const list = this.#utterances({
      purpose: space.purpose,
      seat,
      get view() {
        return environment.view(state, seat);
      },
    });
    const known = this.#made.get(list);
    if (known !== undefined) return known;
    const menu = menuOf(environment, space, list);
    this.#made.set(list, menu);
    return menu;
  }
}

/** @throws Error where utterances are no proper menu: a mistake of whoever wrote them */
function menuOf({ spec }: Environment, space: TextSpace, list: readonly Utterance[]): Menu {
  const where = `${spec.id}: what can be said ("${space.purpose}")`;
  if (list.length === 0) throw new Error(`${where} is an empty list`);
  const texts = new Map(list.map(({ id, text }) => [id, text]));
  if (texts.size < list.length || new Set(texts.values()).size < list.length) {
    throw new Error(`${where} holds an id or a text twice: ${list.map(({ id }) => id).join(', ')}`);
  }
  for (const { id, text } of list) {
    const read = check(spec, space, text);
    if (!read.ok) throw new Error(`${where}: the words of "${id}" are refused: ${read.reason}`);
  }
  return { space: { kind: 'choice', options: list.map(({ id, label }) => ({ id, label })) }, texts };
}

function spacesOf(turn: ActTurn): [Seat, ActionSpace][] {
  return Object.entries(turn.spaces).map(([seat, space]) => [Number(seat), space]);
}

function hasText(turn: ActTurn): boolean {
  for (const seat in turn.spaces) if (turn.spaces[seat]?.kind === 'text') return true;
  return false;
}
