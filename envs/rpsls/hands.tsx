import type { Throw } from './throws.js';

/** What each throw looks like, drawn in lines on a field of 48 by 48. */
const LINES: { readonly [hand in Throw]: string } = {
  rock: 'M7 33 13 17 25 9 38 15 42 31 34 40H14ZM13 17 22 24 38 15M22 24 20 40',
  paper: 'M12 6H29L37 14V42H12ZM29 6V14H37M17 21H32M17 28H32M17 35H27',
  scissors: 'M14 40a5 5 0 1 1 3-9L34 7M34 40a5 5 0 1 0-3-9L14 7M17 31 24 22M31 31 24 22',
  spock:
    'M15 27 9 11M20 25 16 6M29 25 32 6M34 27 39 11M15 27Q11 25 8 24M15 27 17 36Q18 42 24 42H27Q33 42 34 34V27M20 25 24.5 22 29 25',
  lizard:
    'M24 4 28 9 27 14 28 22Q28 28 25 31 23 36 27 40 31 44 36 41M24 4 20 9 21 14 20 22Q20 28 23 31M27 15 34 14 37 8M21 15 14 14 11 8M27 26 35 28 37 34M21 26 13 28 11 34',
};

/** A throw as a picture beside its name, which whoever draws it gives. */
export function Drawn({ hand }: { readonly hand: Throw }) {
  return (
    <svg viewBox="0 0 48 48" className="throw" aria-hidden="true">
      <path d={LINES[hand]} />
    </svg>
  );
}
