import { z } from 'zod';
import { environment, type Moves, type Step, seatName, type Turn } from '../../src/core/environment.js';
import { choice } from '../../src/core/space.js';
import { say, show } from './language.js';
import { scripted } from './scripted.js';
import {
  BEATS,
  type Config,
  LETTERS,
  roundsOf,
  type State,
  score,
  THROWS,
  type Throw,
  type View,
  winnerOf,
} from './throws.js';

const HANDS = choice(THROWS);
const ASKING: Turn = { kind: 'act', spaces: { 0: HANDS, 1: HANDS } };

/** NOTE: a round has only 25 outcomes, so what each tells and pays is made once. */
const results = new Map<string, Omit<Step<State>, 'state'>>(
  THROWS.flatMap((first) => THROWS.map((second) => [letterOf(first) + letterOf(second), result([first, second])])),
);

function result(throws: readonly Throw[]): Omit<Step<State>, 'state'> {
  const winner = winnerOf(throws);
  const events = [{ to: 'all', kind: 'thrown', throws, winner }] as const;
  return winner === null ? { events } : { events, rewards: { [winner]: { win: 1 }, [1 - winner]: { win: -1 } } };
}

function letterOf(hand: Throw): string {
  return LETTERS[THROWS.indexOf(hand)] as string;
}

function over(throws: string): Turn {
  const [first, second] = score(roundsOf(throws));
  const outcome = first === second ? 'draw' : `${seatName(first > second ? 0 : 1)} wins`;
  return { kind: 'over', outcome, truncated: false };
}

function rules({ rounds }: Config): string {
  const lines = THROWS.map((hand) => {
    const beaten = Object.entries(BEATS[hand]).map(([loser, verb]) => `${verb} ${loser}`);
    return `${hand} ${beaten.join(' and ')}`;
  });
  const length =
    rounds === 1 ? 'One round is played' : `${rounds} rounds are played, and after each both see what was thrown`;
  return `Rock, paper, scissors, Spock, lizard. Two players choose a throw at the same time, neither seeing the other's. Each throw beats two others: ${lines.join('; ')}. The winner of a round gains 1 and the loser loses 1; equal throws are a tie and pay nothing. ${length}.`;
}

const SEEN = 4 * THROWS.length;

/** Each seat's share of every throw, own first, then each seat's last throw, then the lead and the rounds left. */
function encode({ you, rounds, throws }: View): Float32Array {
  const vector = new Float32Array(SEEN + 2);
  const own = you ?? 0;
  for (const [place, seat] of [own, 1 - own].entries()) {
    const at = place * THROWS.length;
    for (const [index, hand] of THROWS.entries()) {
      const count = throws.filter((round) => round[seat] === hand).length;
      vector[at + index] = count / Math.max(1, throws.length);
    }
    const last = throws.at(-1)?.[seat];
    if (last !== undefined) vector[SEEN / 2 + at + THROWS.indexOf(last)] = 1;
  }
  const won = score(throws);
  vector[SEEN] = ((won[own] as number) - (won[1 - own] as number)) / rounds;
  vector[SEEN + 1] = 1 - throws.length / rounds;
  return vector;
}

export default environment<State, Config>({
  spec: {
    id: 'rpsls',
    version: '1.0.0',
    title: 'Rock, paper, scissors, Spock, lizard',
    summary: 'Two players throw one of five at the same time; each throw beats two others.',
    config: z.strictObject({ rounds: z.int().min(1).max(100).default(1).describe('rounds played') }),
    presets: { ten: { says: 'ten rounds, long enough to read the other player', config: { rounds: 10 } } },
    rewards: { win: { says: '+1 for a round won, -1 for a round lost', weight: 1, told: 'at once' } },
    events: { thrown: { told: 'everyone', says: 'what both seats threw, and which seat wins the round if any' } },
    facts: ({ rounds }) => ({
      seats: 2,
      information: 'perfect',
      chance: 'none',
      calls: false,
      dynamics: 'simultaneous',
      utility: { kind: 'zero-sum', min: -rounds, max: rounds },
      horizon: rounds,
    }),
    rules,
  },

  start: ({ rounds }) => ({ rounds, throws: '' }),

  turn: ({ rounds, throws }) => (throws.length < 2 * rounds ? ASKING : over(throws)),

  apply({ rounds, throws }, moves: Moves) {
    const { seats } = moves as { seats: { [seat: number]: Throw } };
    const round = letterOf(seats[0] as Throw) + letterOf(seats[1] as Throw);
    return { state: { rounds, throws: throws + round }, ...results.get(round) };
  },

  view: ({ rounds, throws }, viewer): View => ({
    you: typeof viewer === 'number' ? viewer : null,
    rounds,
    throws: roundsOf(throws),
  }),
  say,
  show: (view) => show(view as View),

  vector: () => ({ length: SEEN + 2, actions: THROWS, encode: (view) => encode(view as View) }),
  scripted,
});
