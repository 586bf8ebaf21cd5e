import { useCallback, useState } from 'react';
import { environment, match, rules } from '../api.js';
import { faceOf } from '../faces.js';
import { dropSeat, keepSeat, keptSeat } from '../kept.js';
import { Show, useLoaded } from '../loaded.js';
import type { Seated } from '../seated.js';
import { Room } from './room.js';
import type { Setting } from './setting.js';
import './table.css';

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
