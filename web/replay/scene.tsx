import { useMemo } from 'react';
import type { EnvironmentCard } from '../../src/server/lobby/wire.js';
import type { Replay } from '../../src/server/replays/wire.js';
import type { TableView } from '../../src/server/wire/wire.js';
import type { FaceModule } from '../face.js';
import { Fence } from '../fence.js';
import { HOW } from '../table/over.js';
import { Plain } from '../table/seen.js';
import { Story } from '../table/story.js';
import { badgesOf } from '../table/story-model.js';
import { Step, Tries } from './move.js';
import { Returns } from './returns.js';

/** All that replays of one environment are shown with. */
export interface Stage {
  readonly card: EnvironmentCard;
  readonly face: FaceModule | null;
}

interface Props extends Stage {
  readonly replay: Replay;
  readonly at: number;
  /** Which game it is, where several are shown; '' where one is. */
  readonly which: string;
}

/** One moment of a replay: the table, what happened, what comes next, who was paid what. */
export function Scene({ replay, at, card, face, which }: Props) {
  const frame = replay.frames[at] ?? replay.frames[replay.frames.length - 1];
  const table = useMemo(() => tableAt(replay, at), [replay, at]);
  const names = useMemo(() => replay.seats.map((name, seat) => `player_${seat} (${name})`), [replay]);
  if (frame === undefined) return null;
  return (
    <section className="scene" aria-label={`The game${which}`}>
      <section className="card seen" aria-label={`Table${which}`}>
        {face === null ? (
          <Plain view={frame} />
        ) : (
          <Fence>
            <face.default table={table} names={names} standing={[]} act={null} notes={null} />
          </Fence>
        )}
      </section>
      <Story view={table} names={names} looks={card.looks} title={`What happened${which}`} />
      <Step which={which} step={frame.step} names={names} messages={replay.messages} end={endOf(replay)} />
      <Returns
        which={which}
        frame={frame}
        names={names}
        badges={badgesOf(table.events, card.looks)}
        says={card.rewards}
      />
      {frame.step === null ? <Ending replay={replay} names={names} /> : null}
    </section>
  );
}

function Ending({
  replay: { forfeits, messages, error },
  names,
}: {
  readonly replay: Replay;
  readonly names: readonly string[];
}) {
  const seats = Object.entries(forfeits);
  if (seats.length === 0 && error === null) return null;
  return (
    <section className="card" aria-label="How it broke off">
      {error === null ? null : <p className="fault">{error}</p>}
      {seats.map(([seat, tries]) => (
        <div key={seat}>
          <h3>{names[Number(seat)]} forfeited</h3>
          <Tries tries={tries} messages={messages} />
        </div>
      ))}
    </section>
  );
}

function endOf({ how, outcome }: Replay): string {
  return `${HOW[how]}${outcome === null ? '' : `: ${outcome}`}.`;
}

type Table = Pick<TableView, 'seat' | 'seats' | 'view' | 'events' | 'said' | 'asked' | 'over'>;

/** The table of a moment, as a face takes it. */
function tableAt({ frames, seats, viewer, how, outcome, returns }: Replay, at: number): Table {
  const told = frames.slice(0, at + 1).flatMap(({ events }) => events);
  const frame = frames[Math.min(at, frames.length - 1)];
  return {
    seat: typeof viewer === 'number' ? viewer : null,
    seats: seats.length,
    view: frame?.view ?? null,
    events: told.map(({ event }) => event),
    said: told.map(({ said }) => said),
    asked: null,
    over: frame?.step === null ? { how, outcome, returns, paid: [], record: null } : null,
  };
}
