import type { How } from '../../src/core/ending.js';
import type { Over as Ending } from '../../src/server/wire/wire.js';
import { goTo, linkTo } from '../address.js';
import { playAgain } from '../api.js';
import { Failed, useAttempt } from '../attempt.js';
import { keepSeat } from '../kept.js';
import { amount } from './amount.js';
import type { Setting } from './setting.js';

/** How games end, in words. */
export const HOW: { readonly [how in How]: string } = {
  rules: 'The game is over',
  horizon: 'The game was cut off by its longest length',
  forfeit: 'The game was lost by forfeit',
  steps: 'The table stopped the game after its most steps',
  time: 'The table stopped the game for time',
  cancelled: 'The game was cancelled',
  crashed: 'A fault ended the game',
};

interface Props {
  readonly over: Ending;
  readonly names: readonly string[];
  readonly seat: number | null;
  readonly setting: Setting;
}

/** The result, the way to its replay, and to another game. */
export function Over({ over, names, seat, setting }: Props) {
  const { how, outcome, returns } = over;
  const record = over.record ?? setting.match.record ?? null;
  return (
    <section className="over" aria-labelledby="over">
      <h2 id="over" tabIndex={-1}>
        {HOW[how]}
        {outcome === null ? '' : `: ${outcome}`}
      </h2>
      {returns === null ? (
        <p>Nobody was given a result.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Seat</th>
              <th scope="col">Return</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name, at) => (
              <tr key={name} className={at === seat ? 'own' : undefined}>
                <th scope="row">{name}</th>
                <td>{amount(returns[at] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="row">
        {record === null ? null : (
          <a className="button" href={linkTo('replays', record)}>
            See the replay
          </a>
        )}
        <Rematch {...setting} />
      </div>
    </section>
  );
}

/** NOTE: the first who asks makes the game, and the others find it made; each sits down in the seat kept for them. */
function Rematch({ match, seated }: Setting) {
  const { busy, failed, attempt } = useAttempt();
  const { nextMatchID, gameName, matchID } = match;
  if (seated === null) return nextMatchID === undefined ? null : <Next game={gameName} id={nextMatchID} />;
  const again = (rotate: boolean) =>
    attempt(async () => {
      const next = await playAgain(gameName, matchID, { ...seated, rotate });
      keepSeat(next.nextMatchID, { playerID: next.playerID, credentials: next.playerCredentials });
      goTo('table', gameName, next.nextMatchID);
    });
  return (
    <>
      <button type="button" className="main" disabled={busy} onClick={() => again(false)}>
        {nextMatchID === undefined ? 'Play again' : 'Join the rematch'}
      </button>
      {nextMatchID === undefined ? (
        <button type="button" disabled={busy} onClick={() => again(true)}>
          Play again, seats rotated
        </button>
      ) : null}
      <Failed text={failed} />
    </>
  );
}

function Next({ game, id }: { readonly game: string; readonly id: string }) {
  return (
    <a className="button main" href={linkTo('table', game, id)}>
      Go to the rematch
    </a>
  );
}
