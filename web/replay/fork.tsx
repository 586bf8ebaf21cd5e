import { useState } from 'react';
import { seatName } from '../../src/core/environment.js';
import type { AgentCard } from '../../src/server/lobby/wire.js';
import type { Replay, ReplayCard } from '../../src/server/replays/wire.js';
import { linkTo } from '../address.js';
import { agents } from '../api.js';
import { Failed, useAttempt } from '../attempt.js';
import { each } from '../each.js';
import { Frame } from '../frame.js';
import { Show, useLoaded } from '../loaded.js';
import { amount } from '../table/amount.js';
import { resultOf } from './kept.js';
import { meanReturns } from './means.js';
import { fork, type Source } from './source.js';

interface Props {
  readonly source: Source;
  /** The record as all-knowing readers see it. */
  readonly replay: Replay;
  readonly turn: number;
  readonly beside: string | null;
  readonly compare: (id: string | null) => void;
}

const MOST_GAMES = 20;

/** What if others went on from here: chosen seat by seat, played some times, and laid beside the game as it was. */
export function WhatIf(props: Props) {
  const { environment } = props.replay;
  const { loaded } = useLoaded(agents, '');
  return (
    <details className="card whatif">
      <summary>What if others went on from here?</summary>
      <Show loaded={loaded}>
        {(all) => <Forking {...props} agents={all.filter(({ not }) => !not.includes(environment))} />}
      </Show>
    </details>
  );
}

function Forking({
  source,
  replay,
  turn,
  beside,
  compare,
  agents: all,
}: Props & { readonly agents: readonly AgentCard[] }) {
  const [seated, setSeated] = useState(() => replay.seats.map((name) => sameOrFirst(all, name)));
  const [games, setGames] = useState(4);
  const [forks, setForks] = useState<readonly ReplayCard[]>([]);
  const { busy, failed, attempt } = useAttempt();
  const run = () =>
    attempt(async () => {
      const chosen = Object.fromEntries(seated.map((name, seat) => [String(seat), name]));
      for (let game = 0; game < games; game++) {
        const seeds = [`${replay.seed}~${turn}/${game}`];
        const played = await fork(source, { step: turn, agents: chosen, seeds });
        setForks((before) => [...played, ...before.filter(({ id }) => played.every((one) => one.id !== id))]);
      }
    });
  if (all.length === 0) return <p>No agent of this server plays {replay.title}.</p>;
  return (
    <>
      <p>The first {turn} steps stay as they were; what comes after is played by whom you choose.</p>
      <div className="fields">
        {each(seated, (name, seat) => (
          <Choice
            seat={seat}
            agents={all}
            name={name}
            onChoose={(next) => setSeated(seated.map((old, at) => (at === seat ? next : old)))}
          />
        ))}
        <div className="field">
          <label htmlFor="fork-games">Games</label>
          <input
            id="fork-games"
            type="number"
            min={1}
            max={MOST_GAMES}
            value={games}
            onChange={(event) => setGames(Math.max(1, Math.min(MOST_GAMES, Math.floor(Number(event.target.value)))))}
          />
        </div>
      </div>
      <button type="button" className="main" disabled={busy} onClick={run}>
        {busy ? 'Being played…' : 'Play on'}
      </button>
      <Failed text={failed} />
      {forks.length === 0 ? null : (
        <Forks forks={forks} replay={replay} turn={turn} beside={beside} compare={compare} />
      )}
    </>
  );
}

interface Choosing {
  readonly seat: number;
  readonly agents: readonly AgentCard[];
  readonly name: string;
  readonly onChoose: (name: string) => void;
}

function Choice({ seat, agents: all, name, onChoose }: Choosing) {
  return (
    <div className="field">
      <label htmlFor={`fork-${seat}`}>{seatName(seat)}</label>
      <select id={`fork-${seat}`} value={name} onChange={(event) => onChoose(event.target.value)}>
        {all.map((agent) => (
          <option key={agent.name} value={agent.name}>
            {agent.name}
          </option>
        ))}
      </select>
    </div>
  );
}

type Made = Pick<Props, 'replay' | 'turn' | 'beside' | 'compare'> & { readonly forks: readonly ReplayCard[] };

function Forks({ forks, replay, turn, beside, compare }: Made) {
  const means = meanReturns(forks);
  return (
    <Frame label="Forks">
      <table className="forks">
        <caption>{forks.length === 1 ? 'One fork' : `${forks.length} forks`}, newest first</caption>
        <tbody>
          <tr>
            <th scope="row">As it was</th>
            <td>{replay.seats.join(', ')}</td>
            <td>{resultOf(replay)}</td>
            <td />
          </tr>
          {means === null ? null : (
            <tr>
              <th scope="row">Mean of the forks</th>
              <td />
              <td>{means.map(amount).join(', ')}</td>
              <td />
            </tr>
          )}
          {each(forks, (one) => (
            <tr>
              <th scope="row">
                <a href={`${linkTo('replays', one.id)}?turn=${one.parent?.step ?? turn}`}>
                  From step {one.parent?.step ?? turn}
                </a>
              </th>
              <td>{one.seats.join(', ')}</td>
              <td>{resultOf(one)}</td>
              <td>
                <button type="button" onClick={() => compare(beside === one.id ? null : one.id)}>
                  {beside === one.id ? 'Take away' : 'Compare'}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Frame>
  );
}

function sameOrFirst(all: readonly AgentCard[], name: string): string {
  return (all.find((agent) => agent.name === name) ?? all[0])?.name ?? '';
}
