import { useCallback, useState } from 'react';
import type { Match } from '../../src/server/lobby/wire.js';
import { environment, match, rules } from '../api.js';
import { faceOf } from '../faces.js';
import { dropSeat, keepSeat, keptSeat } from '../kept.js';
import { type Loaded, Show, useLoaded } from '../loaded.js';
import type { Seated } from '../seated.js';
import { Room } from './room.js';
import type { Setting } from './setting.js';
import './table.css';

/** One game, for those who play and those who look on. */
export default function Table({ rest: [game = '', id = ''] }: { readonly rest: readonly string[] }) {
  const { loaded, again } = useLoaded((signal) => match(game, id, signal), `${game} ${id}`);
  return <Show loaded={useFound(loaded, id)}>{(found) => <Known match={found} again={again} />}</Show>;
}

/** NOTE: a table that was found is not lost with a later request; its own connection shows how it stands. */
function useFound(loaded: Loaded<Match>, id: string): Loaded<Match> {
  const [found, setFound] = useState(loaded);
  if (loaded.is === 'ready' && loaded !== found) setFound(loaded);
  return loaded.is === 'failed' && found.is === 'ready' && found.value.matchID === id ? found : loaded;
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
