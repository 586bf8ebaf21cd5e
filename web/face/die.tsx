import './die.css';
import './hands.css';

interface Props {
  readonly face: number;
  /** Further class: `little`, or `counts` for one that is set off. */
  readonly look?: string;
}

/** Where the pips of each face stand, on a field of three by three counted from 0; larger faces are drawn as figures. */
const PIPS: readonly (readonly number[])[] = [
  [4],
  [2, 6],
  [2, 4, 6],
  [0, 2, 6, 8],
  [0, 2, 4, 6, 8],
  [0, 2, 3, 5, 6, 8],
];

/** A die that lies open. Whoever draws it says what it shows. */
export function Die({ face, look = '' }: Props) {
  const pips = PIPS[face - 1];
  return (
    <svg viewBox="0 0 100 100" className={`die ${look}`} aria-hidden="true">
      <rect x="4" y="4" width="92" height="92" rx="18" strokeWidth="3" />
      {pips?.map((pip) => <circle key={pip} cx={26 + 24 * (pip % 3)} cy={26 + 24 * Math.floor(pip / 3)} r="9.5" />) ?? (
        <text x="50" y="69" textAnchor="middle" fontSize="52">
          {face}
        </text>
      )}
    </svg>
  );
}

/** Dice side by side; those of the faces in `counting` are set off. */
export function Dice({ faces, counting }: { readonly faces: readonly number[]; readonly counting: readonly number[] }) {
  const dice = faces.map((face, at) => ({ face, place: `${at}` }));
  return (
    <p className="dice" role="img" aria-label={`dice ${faces.join(', ')}`}>
      {dice.map(({ face, place }) => (
        <Die key={place} face={face} look={counting.includes(face) ? 'counts' : ''} />
      ))}
    </p>
  );
}
