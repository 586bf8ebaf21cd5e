import { Grid } from '../../web/face/grid.js';
import type { Cell } from '../../web/face/place.js';
import type { FaceProps } from '../../web/face.js';
import { DROPS, HEIGHT, type View } from './board.js';
import './view.css';

export const covers = ['choices'] as const;

const HEIGHTS = Array.from({ length: HEIGHT }, (_, row) => HEIGHT - 1 - row);

/** The seven columns; one that is not full is pressed to drop a disc there. */
export default function Board({ table, act }: FaceProps) {
  const { columns, last, you } = table.view as View;
  const cell = (discs: string, column: number): Cell => ({
    label: `${DROPS[column]}, ${discs === '' ? 'empty' : `from the bottom ${[...discs].join(' ')}`}`,
    drawn: <Column discs={discs} isLast={column === last} />,
    move: discs.length < HEIGHT ? (DROPS[column] ?? null) : null,
  });
  return (
    <>
      <Grid label="Board" look="connect-four" rows={[columns.map(cell)]} act={act} />
      <p className="quiet">
        {you === null ? 'x moves first.' : `You play ${you}, the ${you === 'x' ? 'full' : 'ringed'} discs.`}
      </p>
    </>
  );
}

function Column({ discs, isLast }: { readonly discs: string; readonly isLast: boolean }) {
  return (
    <span className="column" aria-hidden="true">
      {HEIGHTS.map((row) => (
        <span
          key={row}
          className={`disc ${discs[row] ?? 'free'} ${isLast && row === discs.length - 1 ? 'last' : ''}`}
        />
      ))}
    </span>
  );
}
