import { z } from 'zod';
import type {
  Environment,
  Event,
  Moves,
  Outcomes,
  Rewards,
  Seat,
  Step,
  Turn,
  Viewer,
} from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import { type Rng, stream } from '../../src/core/rng.js';
import { choice } from '../../src/core/space.js';

/** What a random game may be like. */
export interface Traits {
  readonly seats: 2 | 3;
  readonly sum: 'zero' | 'general';
  /**
   * `public`: everybody sees every move, and what a seat may do depends on what everybody knows. `hidden`: there are
   * moves unseen by others, moves at once, and turns of which others do not even know that they took place.
   */
  readonly moves: 'public' | 'hidden';
}

/**
 * `at`: what has happened as the public knows it, a word a step; `known`: the same for each seat, with what it alone was
 * told or did; `trail`: everything. What comes next is a function of `at`, what a seat may do of what it knows, and what
 * chance does and steps pay of everything. `aside`: whether the turn on the quiet before the next step is over.
 */
type State = {
  readonly at: string;
  readonly known: readonly string[];
  readonly trail: string;
  readonly aside: boolean;
};

type Kind = 'deal' | 'show' | 'act' | 'hide' | 'together' | 'end';
type Coming = { readonly kind: Kind | 'aside'; readonly seat: Seat };
type Picks = { readonly [seat: number]: string };

const LETTERS = ['a', 'b', 'c'];
const KINDS: { readonly [moves in Traits['moves']]: readonly Kind[] } = {
  public: ['act', 'act', 'act', 'show', 'deal'],
  hidden: ['act', 'act', 'hide', 'hide', 'together', 'show', 'deal'],
};
/** How many steps come after the first deal, at most: few large games are enough. A game has two at least. */
const LENGTHS = [2, 2, 2, 3, 3, 3, 3, 4];
const [FEWEST, MOST] = [2, 4];
/** More than can be paid over a game. */
const BOUND = 100;

/**
 * A small random game through the contract, always the same for a seed. Seats are dealt private cards that depend on one
 * another, then follow moves, public and private chance, in an order that depends on what has happened in public; some
 * steps pay as they are made. Perfect recall holds by construction: a seat knows what it was told and what it did. Games
 * of odd seeds name information states by a key, those of even seeds leave that to events and moves.
 */
export function randomGame(seed: number, traits: Traits): Environment {
  const game = new Game(`deal ${seed} ${traits.moves}`, traits);
  const definition: Environment<State> = {
    spec: {
      id: `random-${seed}`,
      version: '1.0.0',
      title: 'A random game',
      summary: 'Made from a seed, for tests.',
      config: z.strictObject({}),
      rewards: { pay: { says: 'what steps and ends pay', weight: 1, told: 'end' } },
      events: {
        dealt: { told: 'one seat', says: 'its card' },
        shown: { told: 'everyone', says: 'what chance did' },
        acted: { told: 'everyone', says: 'a move' },
        passed: { told: 'everyone', says: 'that a seat moved unseen, or got a card' },
        crossed: { told: 'everyone', says: 'what came of moves made at once' },
      },
      facts: () => ({
        seats: traits.seats,
        information: 'imperfect',
        chance: 'listed',
        calls: false,
        dynamics: traits.moves === 'hidden' ? 'simultaneous' : 'sequential',
        utility: { kind: traits.sum === 'zero' ? 'zero-sum' : 'general', min: -BOUND, max: BOUND },
        horizon: traits.seats + 2 * MOST + 2,
      }),
      rules: () => 'Nobody knows the rules; a seat learns what it is told.',
    },
    start: () => ({ at: '', known: new Array<string>(traits.seats).fill(''), trail: '', aside: false }),
    turn: (state) => game.turn(state),
    apply: (state, moves) => game.apply(state, moves),
    view,
    say: (event) => JSON.stringify(event),
    ...(seed % 2 === 1 ? { key: (seen: Json) => (seen as { known: string }).known } : {}),
  };
  return definition as unknown as Environment;
}

function view({ at, known, trail }: State, viewer: Viewer): Json {
  if (viewer === 'all') return { you: null, known: trail };
  return viewer === 'public' ? { you: null, known: at } : { you: viewer, known: known[viewer] as string };
}

class Game {
  readonly #seed: string;
  readonly #traits: Traits;
  readonly #most: number;

  constructor(seed: string, traits: Traits) {
    this.#seed = seed;
    this.#traits = traits;
    this.#most = this.#rng('length', '').pick(LENGTHS);
  }

  turn(state: State): Turn {
    const { kind, seat } = this.#coming(state);
    if (kind === 'end') return { kind: 'over', outcome: 'ended', truncated: false };
    if (kind === 'deal' || kind === 'show') return { kind: 'chance', outcomes: this.#outcomes(state) };
    const seats = kind === 'together' ? [...state.known.keys()] : [seat];
    return { kind: 'act', spaces: Object.fromEntries(seats.map((asked) => [asked, this.#space(state, asked)])) };
  }

  apply(state: State, moves: Moves): Step<State> {
    const { kind, seat } = this.#coming(state);
    if ('chance' in moves) {
      const drawn = moves.chance as string;
      if (kind === 'show') return this.#after(state, {}, [{ to: 'all', kind: 'shown', drawn }]);
      const dealt: Event = { to: [seat], kind: 'dealt', card: drawn };
      return this.#after(state, {}, [dealt, { to: 'all', kind: 'passed', seat }]);
    }
    const picks = (moves as { seats: Picks }).seats;
    if (kind === 'aside') return this.#after(state, picks, []);
    if (kind === 'hide') return this.#after(state, picks, [{ to: 'all', kind: 'passed', seat }]);
    if (kind === 'act') return this.#after(state, picks, [{ to: 'all', kind: 'acted', seat, move: picks[seat] ?? '' }]);
    return this.#after(state, picks, [{ to: 'all', kind: 'crossed', news: this.#news(state, picks) }]);
  }

  /** What comes next, from what everybody knows; only whether a seat has a turn on the quiet is its own affair. */
  #coming({ at, known, aside }: State): Coming {
    const done = wordsOf(at);
    if (done < known.length) return { kind: 'deal', seat: done };
    const rng = this.#rng('step', at);
    const [kind, seat, quiet] = [rng.pick(KINDS[this.#traits.moves]), rng.below(known.length), rng.below(known.length)];
    const further = done - known.length;
    const isLast = further >= this.#most || (further >= FEWEST && rng.below(3) === 0);
    if (!isLast && !aside && rng.below(3) === 0 && this.#isAsked(known[quiet] as string)) {
      return { kind: 'aside', seat: quiet };
    }
    return isLast ? { kind: 'end', seat } : { kind, seat };
  }

  #isAsked(known: string): boolean {
    return this.#traits.moves === 'hidden' && this.#rng('aside', known).below(2) === 0;
  }

  #outcomes({ trail }: State): Outcomes {
    const rng = this.#rng('chance', trail);
    const weights = LETTERS.slice(0, 2 + rng.below(2)).map(() => 1 + rng.below(4));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight, index) => [LETTERS[index] as string, weight / total] as const);
  }

  #space({ at, known }: State, seat: Seat) {
    const rng = this.#rng('options', this.#traits.moves === 'public' ? at : (known[seat] as string));
    return choice(LETTERS.slice(0, 2 + (rng.below(3) === 0 ? 1 : 0)));
  }

  /** Of moves made at once either all is shown, or only whether they were the same. */
  #news({ at }: State, picks: Picks): string {
    const moves = Object.values(picks);
    if (this.#rng('news', at).below(2) === 0) return moves.join('');
    return new Set(moves).size === 1 ? 'same' : 'different';
  }

  /** NOTE: a step adds a word to what is publicly known, if only that something happened; a turn on the quiet does not. */
  #after(state: State, picks: Picks, events: readonly Event[]): Step<State> {
    const quiet = events.length === 0;
    const heard = (viewer: Viewer) => (quiet ? '' : ` ${events.map((event) => textFor(event, viewer)).join('')}`);
    const next: State = {
      at: state.at + heard('public'),
      known: state.known.map((known, seat) => `${known}${picks[seat] ?? ''}${heard(seat)}`),
      trail: `${state.trail}${heard('all')}${JSON.stringify(picks)}`,
      aside: quiet,
    };
    return { state: next, events, rewards: this.#pay(next) };
  }

  #pay(state: State): Rewards {
    const rng = this.#rng('pay', state.trail);
    const isOver = this.#coming(state).kind === 'end';
    if (!isOver && rng.below(4) > 0) return {};
    const amounts = state.known.map(() => rng.below(7) - 3);
    if (this.#traits.sum === 'zero') amounts[0] = -amounts.slice(1).reduce((sum, amount) => sum + amount, 0);
    return Object.fromEntries(amounts.map((pay, seat) => [seat, { pay: pay === 0 ? 0 : pay }]));
  }

  #rng(purpose: string, about: string): Rng {
    return stream(this.#seed, `${purpose} ${about}`);
  }
}

function wordsOf(at: string): number {
  return at.split(' ').length - 1;
}

function textFor(event: Event, viewer: Viewer): string {
  const isTold = event.to === 'all' || viewer === 'all' || (typeof viewer === 'number' && event.to.includes(viewer));
  return isTold ? JSON.stringify(Object.values(event).slice(1)) : '';
}
