import type { ActionSpace, Move } from '../../src/core/space.js';
import type { View } from './types.js';

interface Props {
  readonly view: View;
  readonly names: readonly string[];
  readonly standing: readonly string[];
  readonly votes: readonly (readonly [number, number | null])[];
  readonly space: ActionSpace | null;
  readonly act: ((move: Move) => void) | null;
}

/** Everybody in a ring, with the latest votes as arrows. Whoever may be chosen now is pressed to choose them. */
export function Ring(props: Props) {
  const { view, votes, space } = props;
  const seats = view.alive.map((_, seat) => seat);
  const places = seats.map((seat) => placeOf(seat, seats.length));
  return (
    <div className={seats.length > 10 ? 'ring many' : 'ring'}>
      <Arrows votes={votes} places={places} />
      <ul aria-label="Seats">
        {seats.map((seat) => (
          <li key={seat} style={{ left: `${places[seat]?.[0]}%`, top: `${places[seat]?.[1]}%` }}>
            <SeatChip {...props} seat={seat} options={optionsFor(space, seat)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A point on an ellipse, in hundredths of the ring's box; seat 0 is at the top and the others follow clockwise. */
function placeOf(seat: number, seats: number): readonly [number, number] {
  const turn = (2 * Math.PI * seat) / seats - Math.PI / 2;
  return [50 + 38 * Math.cos(turn), 50 + 40 * Math.sin(turn)];
}

/** The options that are about a seat. */
function optionsFor(space: ActionSpace | null, seat: number): readonly string[] {
  if (space?.kind !== 'choice') return [];
  return space.options.map(({ id }) => id).filter((id) => id.endsWith(` player_${seat}`));
}

interface ChipProps extends Props {
  readonly seat: number;
  readonly options: readonly string[];
}

function SeatChip({ view, names, standing, act, seat, options }: ChipProps) {
  const dead = view.alive[seat] === false;
  const known = view.roles[seat] ?? (view.teams[seat] === 'village' ? 'not a wolf' : null);
  const here = [
    ...(seat === view.you ? ['you'] : []),
    ...(dead ? ['dead'] : []),
    ...(standing[seat] === undefined ? [] : [standing[seat]]),
  ];
  return (
    <div
      className={`seat ${dead ? 'dead' : ''} ${known === 'werewolf' ? 'wolf' : ''} ${seat === view.you ? 'own' : ''}`}
    >
      <strong>{names[seat]}</strong>
      {known === null ? null : <span className="known">{known}</span>}
      <span className="here">{here.join(', ')}</span>
      {options.map((option) => (
        <button key={option} type="button" aria-label={option} disabled={act === null} onClick={() => act?.(option)}>
          {option.split(' ')[0]}
        </button>
      ))}
    </div>
  );
}

interface ArrowsProps {
  readonly votes: Props['votes'];
  readonly places: readonly (readonly [number, number])[];
}

/** Half of the box that a seat takes up, and some space around it, in hundredths of the ring's box. */
const HALF_BOX = [14, 12] as const;

/** NOTE: lines begin and end outside of the seats, so that their heads are seen beside them. */
function Arrows({ votes, places }: ArrowsProps) {
  return (
    <svg className="arrows" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <defs>
        <marker
          id="vote"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path d="M0 0 8 4 0 8Z" />
        </marker>
      </defs>
      {votes.map(([seat, target]) => {
        const [from, to] = [places[seat], target === null ? undefined : places[target]];
        if (from === undefined || to === undefined) return null;
        const [[x1, y1], [x2, y2]] = [outside(from, to), outside(to, from)];
        return (
          <line key={seat} x1={x1} y1={y1} x2={x2} y2={y2} markerEnd="url(#vote)" vectorEffect="non-scaling-stroke" />
        );
      })}
    </svg>
  );
}

/** Where the line from one seat to another leaves the first one's box; always before the middle. */
function outside(from: readonly [number, number], to: readonly [number, number]): readonly [number, number] {
  const [across, down] = [to[0] - from[0], to[1] - from[1]];
  const share = Math.min(HALF_BOX[0] / Math.abs(across), HALF_BOX[1] / Math.abs(down), 0.4);
  return [from[0] + across * share, from[1] + down * share];
}
