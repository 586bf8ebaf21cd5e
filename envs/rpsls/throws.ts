/** What beats what, and how it is told. */
export const BEATS = {
  rock: { scissors: 'crushes', lizard: 'crushes' },
  paper: { rock: 'covers', spock: 'disproves' },
  scissors: { paper: 'cuts', lizard: 'decapitates' },
  spock: { scissors: 'smashes', rock: 'vaporises' },
  lizard: { spock: 'poisons', paper: 'eats' },
} as const satisfies { readonly [hand: string]: { readonly [loser: string]: string } };

export type Throw = keyof typeof BEATS;

export const THROWS = Object.keys(BEATS) as readonly Throw[];

/** One letter a throw, in the order of `THROWS`: `k` is Spock. */
export const LETTERS = 'rpskl';

/** Throws so far as letters, two a round, seat 0 first. */
export type State = { readonly rounds: number; readonly throws: string };
export type Config = { readonly rounds: number };
/** Each round so far as the throws of both seats. */
export type View = {
  readonly you: number | null;
  readonly rounds: number;
  readonly throws: readonly (readonly Throw[])[];
};

/** How a throw beats another (`crushes`), or null if it does not. */
export function beats(hand: Throw, other: Throw): string | null {
  const losers: { readonly [loser: string]: string } = BEATS[hand];
  return losers[other] ?? null;
}

/** The seat that wins a round, null if it is tied. */
export function winnerOf([first, second]: readonly Throw[]): 0 | 1 | null {
  if (first === undefined || second === undefined || first === second) return null;
  return beats(first, second) === null ? 1 : 0;
}

/** Rounds won by each seat. */
export function score(rounds: readonly (readonly Throw[])[]): [number, number] {
  const won: [number, number] = [0, 0];
  for (const round of rounds) {
    const winner = winnerOf(round);
    if (winner !== null) won[winner]++;
  }
  return won;
}

/** The rounds written in a state. */
export function roundsOf(throws: string): Throw[][] {
  const rounds: Throw[][] = [];
  for (let at = 0; at < throws.length; at += 2) rounds.push([hand(throws, at), hand(throws, at + 1)]);
  return rounds;
}

function hand(throws: string, at: number): Throw {
  return THROWS[LETTERS.indexOf(throws[at] as string)] as Throw;
}
