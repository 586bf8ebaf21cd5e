import type { Option } from '../../src/core/space.js';
import type { Cell } from '../../web/face/place.js';
import { Row } from '../../web/face/row.js';
import type { FaceProps } from '../../web/face.js';
import { BidDrawn } from './said.js';

interface Props extends Pick<FaceProps, 'act'> {
  readonly options: readonly Option[];
}

/** More faces than this have no room side by side on a phone. */
const MOST_ABREAST = 6;

/** The ladder of higher bids, one line a number of dice, and the call of the last one. */
export function Higher({ options, act }: Props) {
  const bids = options.map(({ id }) => id).filter((id) => id.startsWith('bid '));
  const call = options.find(({ id }) => !id.startsWith('bid '));
  return (
    <>
      {call === undefined ? null : (
        <p>
          <button type="button" className="main" disabled={act === null} onClick={() => act?.(call.id)}>
            Call it a lie
          </button>
        </p>
      )}
      {bids.length === 0 ? null : <Row label="Higher bids" look="ladder" {...ladder(bids)} act={act} />}
    </>
  );
}

function ladder(bids: readonly string[]) {
  const cells = bids.map((id): Cell => ({ label: id, drawn: <BidDrawn bid={id.slice('bid '.length)} />, move: id }));
  // NOTE: the highest bid of all is always left, and its face is the highest.
  const faces = faceOf(bids.at(-1) ?? '');
  if (faces > MOST_ABREAST) return { cells };
  const style = { '--faces': faces, '--first-face': faceOf(bids[0] ?? '') };
  return { cells, style };
}

function faceOf(bid: string): number {
  return Number(bid.split('x')[1]);
}
