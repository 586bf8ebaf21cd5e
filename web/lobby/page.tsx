import { useEffect } from 'react';
import type { Match } from '../../src/server/lobby/wire.js';
import { linkTo } from '../address.js';
import { environments, matches } from '../api.js';
import { Heading } from '../heading.js';
import { Show, useLoaded } from '../loaded.js';
import { MatchRow } from './match-row.js';
import './lobby.css';

const REFRESH_MS = 5_000;

/** Games that wait for players and games that go on, of every environment. */
export default function Lobby() {
  const names = useLoaded(environments, '').loaded;
  const { loaded, again } = useLoaded(matches, '');
  useRepeated(again);
  const titles = new Map(names.is === 'ready' ? names.value.map(({ id, title }) => [id, title]) : []);
  return (
    <>
      <div className="row apart">
        <Heading title="Games">Games</Heading>
        <a className="button main" href={linkTo('new')}>
          New game
        </a>
      </div>
      <Show loaded={loaded}>
        {({ matches: all }) => (
          <>
            <Section name="Open" state="open" all={all} titles={titles} empty="No game waits for players." />
            <Section name="Going on" state="playing" all={all} titles={titles} empty="No game is being played." />
            <Section name="Over" state="over" all={all} titles={titles} empty="No game has ended yet." />
          </>
        )}
      </Show>
    </>
  );
}

interface SectionProps {
  readonly name: string;
  readonly state: Match['state'];
  readonly all: readonly Match[];
  readonly titles: ReadonlyMap<string, string>;
  readonly empty: string;
}

function Section({ name, state, all, titles, empty }: SectionProps) {
  const shown = all.filter((match) => match.state === state);
  return (
    <section aria-labelledby={`games-${state}`}>
      <h2 id={`games-${state}`}>
        {name} {shown.length > 0 ? <span className="tag">{shown.length}</span> : null}
      </h2>
      {shown.length === 0 ? (
        <p className="quiet">{empty}</p>
      ) : (
        <ul className="games">
          {shown.map((match) => (
            <MatchRow key={match.matchID} match={match} title={titles.get(match.gameName) ?? match.gameName} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** NOTE: a page that nobody sees asks for nothing. */
function useRepeated(again: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) again();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [again]);
}
