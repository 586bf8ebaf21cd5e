import { useCallback, useState } from 'react';
import type { Configured, EnvironmentCard, Match } from '../../src/server/lobby/wire.js';
import { environment, match, rules } from '../api.js';
import type { FaceModule } from '../face.js';
import { faceOf } from '../faces.js';
import { dropSeat, keepSeat, keptSeat, type Seated } from '../kept.js';
import { Show, useLoaded } from '../loaded.js';
import { Room } from './room.js';
import './table.css';

/** All that a table shows besides what its wire brings. */
export interface Setting {
  readonly match: Match;
  readonly card: EnvironmentCard;
  readonly configured: Configured;
  readonly face: FaceModule | null;
  readonly seated: Seated | null;
  /** The match may stand otherwise by now: asks again. */
  readonly again: () => void;
  readonly sit: (seated: Seated | null) => void;
}

/** One game, for those who play and those who look on. */
export default function Table({ rest: [game = '', id = ''] }: { readonly rest: readonly string[] }) {
  const { loaded, again } = useLoaded((signal) => match(game, id, signal), `${game} ${id}`);
  return <Show loaded={loaded}>{(found) => <Known match={found} again={again} />}</Show>;
}

function Known({ match, again }: Pick<Setting, 'match' | 'again'>) {
  const { gameName, matchID, config } = match;
  const [seated, setSeated] = useState(() => keptSeat(matchID));
  const sit = useCallback(
    (next: Seated | null) => {
      if (next === null) dropSeat(matchID);
      else keepSeat(matchID, next);
      setSeated(next);
      again();
    },
    [matchID, again],
  );
  const { loaded } = useLoaded(async (signal) => {
    const [card, configured, face] = await Promise.all([
      environment(gameName, signal),
      rules(gameName, config, signal),
      faceOf(gameName),
    ]);
    return { card, configured, face };
  }, matchID);
  return (
    <Show loaded={loaded}>{(about) => <Room {...about} match={match} seated={seated} again={again} sit={sit} />}</Show>
  );
}
