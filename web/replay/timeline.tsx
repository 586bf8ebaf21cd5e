import type { Frame } from '../../src/server/replays/wire.js';
import { decisions, type Jump, jumps } from './position.js';

interface Props {
  readonly frames: readonly Frame[];
  readonly at: number;
  readonly playing: boolean;
  readonly speed: number;
  /** Whose decisions the jumps lead to. */
  readonly whose: string;
  readonly go: (frame: number) => void;
  readonly setPlaying: (playing: boolean) => void;
  readonly setSpeed: (speed: number) => void;
}

const SPEEDS = [0.5, 1, 2, 4, 8];
const JUMPS: readonly (readonly [Jump, string])[] = [
  ['first', 'First'],
  ['previous', 'Before'],
  ['next', 'Next'],
  ['last', 'Last'],
];

/** Where one is in a replay, and every way to be elsewhere. */
export function Timeline(props: Props) {
  const { frames, at, playing, speed, whose, go, setPlaying, setSpeed } = props;
  const last = frames.length - 1;
  const leads = jumps(decisions(frames), at);
  return (
    <section className="card timeline" aria-label="Timeline">
      <input
        type="range"
        aria-label="Place in the game"
        aria-valuetext={`${at} of ${last}`}
        min={0}
        max={last}
        value={at}
        onChange={(event) => go(Number(event.target.value))}
      />
      <Ticks frames={frames} at={at} />
      <div className="row">
        <button type="button" className="main" onClick={() => setPlaying(!playing)}>
          {playing ? 'Pause' : at === last ? 'Play again' : 'Play'}
        </button>
        <button type="button" disabled={at === 0} onClick={() => go(at - 1)} aria-label="One step back">
          ←
        </button>
        <button type="button" disabled={at === last} onClick={() => go(at + 1)} aria-label="One step on">
          →
        </button>
        <span className="place">
          {at} of {last}
        </span>
        <label className="speed">
          <span className="unseen">Speed</span>
          <select value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
            {SPEEDS.map((one) => (
              <option key={one} value={one}>
                {one} a second
              </option>
            ))}
          </select>
        </label>
        <fieldset className="bare row">
          <legend className="unseen">{whose}</legend>
          <span aria-hidden="true">{whose}:</span>
          {JUMPS.map(([jump, name]) => (
            <button key={jump} type="button" disabled={leads[jump] === null} onClick={() => go(leads[jump] ?? at)}>
              {name}
            </button>
          ))}
        </fieldset>
      </div>
    </section>
  );
}

/** NOTE: more marks than this cannot be told apart. */
const MOST_TICKS = 400;

/** A mark for each decision: higher where tries failed, in another colour where a grade found a cost. */
function Ticks({ frames, at }: { readonly frames: readonly Frame[]; readonly at: number }) {
  const wide = Math.max(1, frames.length - 1);
  const marks = decisions(frames);
  const every = Math.ceil(marks.length / MOST_TICKS);
  return (
    <svg className="ticks" viewBox={`0 0 ${wide} 10`} preserveAspectRatio="none" aria-hidden="true">
      {marks
        .filter((place, count) => count % every === 0 || kindOf(frames[place]) !== 'plain')
        .map((place) => (
          <rect
            key={place}
            x={place - wide / 600}
            y={2}
            width={wide / 300}
            height={8}
            className={kindOf(frames[place])}
          />
        ))}
      <rect x={at - wide / 400} y={0} width={wide / 200} height={10} className="here" />
    </svg>
  );
}

function kindOf(frame: Frame | undefined): 'plain' | 'failed' | 'costly' {
  const moves = Object.values(frame?.step?.seats ?? {});
  if (moves.some(({ tries, substituted }) => tries.length > 0 || substituted)) return 'failed';
  const costs = moves.flatMap(({ annotations }) =>
    annotations.map((one) => (one.kind === 'grade' ? one.cost / one.scale : 0)),
  );
  return costs.some((cost) => cost > 0.01) ? 'costly' : 'plain';
}
