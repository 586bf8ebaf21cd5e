import type { Scripted, ScriptTurn } from '../../src/core/environment.js';
import type { ChoiceSpace } from '../../src/core/space.js';
import { type Columns, connects, DROPS, drop, HEIGHT, type View } from './board.js';

/** Drops looked ahead after the one weighed: an answer, a reply and an answer to that. */
const DEPTH = 3;
/** How much a column is liked when nothing is forced: most lines go through the middle. */
const CENTRE = [1, 2, 4, 8, 4, 2, 1];

/**
 * How good it is for `mark` to have just dropped into a column: positive if it wins within so many further drops, the
 * more the sooner; negative if the other side does; 0 if neither can force it (plain minimax, stopped at a win).
 */
function outlook(columns: Columns, column: number, mark: string, depth: number): number {
  if (connects(columns, column)) return depth + 1;
  if (depth === 0) return 0;
  const other = mark === 'x' ? 'o' : 'x';
  let worst = Number.POSITIVE_INFINITY;
  for (let reply = 0; reply < columns.length && worst > -depth; reply++) {
    if ((columns[reply] as string).length === HEIGHT) continue;
    worst = Math.min(worst, -outlook(drop(columns, reply, other), reply, other, depth - 1));
  }
  return worst === Number.POSITIVE_INFINITY ? 0 : worst;
}

/** The drop with the best outlook; among equals one at random, the middle preferred. */
function sensible({ space, view, rng }: ScriptTurn): { move: string } {
  const { columns, you } = view as View;
  const rated = (space as ChoiceSpace).options.map(({ id }) => {
    const column = DROPS.indexOf(id);
    const next = drop(columns, column, you as string);
    return { id, liked: CENTRE[column] as number, value: outlook(next, column, you as string, DEPTH) };
  });
  const best = Math.max(...rated.map(({ value }) => value));
  const good = rated.filter(({ value }) => value === best);
  const total = good.reduce((sum, { liked }) => sum + liked, 0);
  return { move: rng.weighted(good.map(({ id, liked }) => [id, liked / total] as const)) };
}

export const scripted: Scripted = {
  styles: { sensible: 'looks four drops ahead for a forced win or loss; otherwise prefers the middle' },
  seat: () => sensible,
};
