import { useState } from 'react';
import type { PlayerCard } from '../../src/server/wire/wire.js';
import { type Pausing, pausingOf } from './pausing.js';

interface Props {
  readonly players: readonly PlayerCard[];
  readonly names: readonly string[];
  /** The viewer's seat; null for those who look on, who are told and not asked. */
  readonly seat: number | null;
  readonly pause: (wanted: boolean) => Promise<string | null>;
}

/** Asks for a pause, agrees to one, and ends it. Everybody at the table is told how it stands. */
export function Pause({ players, names, seat, pause }: Props) {
  const [failed, setFailed] = useState<string | null>(null);
  const pausing = pausingOf(players);
  const mine = seat !== null && pausing.wanted.includes(seat);
  const tell = async (wanted: boolean) => setFailed(await pause(wanted));
  return (
    <div className="row pause">
      <span role="status">{failed ?? wordsOf(pausing, names)}</span>
      {seat === null ? null : (
        <button type="button" onClick={() => tell(!mine)}>
          {mine ? 'Go on' : pausing.wanted.length === 0 ? 'Ask for a pause' : 'Agree to a pause'}
        </button>
      )}
    </div>
  );
}

function wordsOf({ wanted, awaited }: Pausing, names: readonly string[]): string {
  if (wanted.length === 0) return '';
  const named = (seats: readonly number[]) => seats.map((one) => names[one]).join(', ');
  if (awaited.length === 0) return 'The game is paused.';
  return `For a pause: ${named(wanted)}. Not yet: ${named(awaited)}.`;
}
