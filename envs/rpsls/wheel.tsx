import type { Cell } from '../../web/face/place.js';
import { Row } from '../../web/face/row.js';
import type { FaceProps } from '../../web/face.js';
import { Drawn } from './hands.js';
import { BEATS, beats, THROWS, type Throw } from './throws.js';

type Point = readonly [number, number];

/** How far the throws are from the middle, and how far an arrow stays away from one, in hundredths of the wheel's box. */
const RADIUS = 39;
const CLEARANCE = 14;

/** In this order every throw beats the next one, so that half of the arrows run around. */
const AROUND = ordered('scissors');

function ordered(first: Throw): readonly Throw[] {
  const order = [first];
  const isNext = (hand: Throw) => beats(order.at(-1) as Throw, hand) !== null && !order.includes(hand);
  for (let next = THROWS.find(isNext); next !== undefined; next = THROWS.find(isNext)) order.push(next);
  return order;
}

interface Props extends Pick<FaceProps, 'act'> {
  readonly open: boolean;
}

/** The five throws with an arrow from each to those it beats. They are pressed to throw. */
export function Wheel({ act, open }: Props) {
  const cells = AROUND.map((hand, place): Cell => {
    const [x, y] = pointOf(place);
    return {
      label: `${hand}, ${deedsOf(hand)}`,
      drawn: (
        <>
          <Drawn hand={hand} />
          <span>{hand}</span>
        </>
      ),
      move: open ? hand : null,
      style: { left: `${x}%`, top: `${y}%` },
    };
  });
  return (
    <div className="wheel">
      <Arrows />
      <Row label="Throws" look="around" cells={cells} act={act} />
    </div>
  );
}

/** What a throw does to those it beats. */
export function deedsOf(hand: Throw): string {
  return Object.entries(BEATS[hand])
    .map(([loser, verb]) => `${verb} ${loser}`)
    .join(' and ');
}

function pointOf(place: number): Point {
  const turn = (2 * Math.PI * place) / AROUND.length - Math.PI / 2;
  return [50 + RADIUS * Math.cos(turn), 50 + RADIUS * Math.sin(turn)];
}

function Arrows() {
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <defs>
        <marker id="beats" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="6" markerHeight="6" orient="auto">
          <path d="M0 0 8 4 0 8Z" />
        </marker>
      </defs>
      {AROUND.flatMap((hand, from) =>
        AROUND.map((other, to) =>
          beats(hand, other) === null ? null : <Arrow key={`${hand} ${other}`} {...{ from, to }} />,
        ),
      )}
    </svg>
  );
}

function Arrow({ from, to }: { readonly from: number; readonly to: number }) {
  const [x1, y1] = near(pointOf(from), pointOf(to));
  const [x2, y2] = near(pointOf(to), pointOf(from));
  return <line {...{ x1, y1, x2, y2 }} markerEnd="url(#beats)" />;
}

/** The point on the way from one to another at which an arrow may begin. */
function near([x, y]: Point, [toX, toY]: Point): Point {
  const share = CLEARANCE / Math.hypot(toX - x, toY - y);
  return [x + share * (toX - x), y + share * (toY - y)];
}
