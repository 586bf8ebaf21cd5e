import { Grid } from '../../web/face/grid.js';
import type { Cell } from '../../web/face/place.js';
import type { FaceProps } from '../../web/face.js';
import { SQUARES, type View } from './board.js';
import './view.css';

export const covers = ['choices'] as const;

/** The nine squares; free ones are pressed to play there. */
export default function Board({ table, act }: FaceProps) {
  const { board, you } = table.view as View;
  const last = table.events.findLast(({ kind }) => kind === 'placed')?.square;
  const cell = (square: string, at: number): Cell => {
    const mark = board[at] ?? '.';
    return {
      label: `${square}, ${mark === '.' ? 'empty' : mark}`,
      drawn: <Mark mark={mark} />,
      move: mark === '.' ? square : null,
      marked: square === last,
    };
  };
  const cells = SQUARES.map(cell);
  return (
    <>
      <Grid label="Board" look="tic-tac-toe" rows={[0, 3, 6].map((from) => cells.slice(from, from + 3))} act={act} />
      <p className="quiet">{you === null ? 'x moves first.' : `You play ${you}.`}</p>
    </>
  );
}

function Mark({ mark }: { readonly mark: string }) {
  if (mark === '.') return null;
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={`mark-${mark}`}>
      {mark === 'x' ? <path d="M5 5 15 15M15 5 5 15" /> : <circle cx="10" cy="10" r="5.5" />}
    </svg>
  );
}
