import { useEffect, useRef } from 'react';
import { linkTo } from '../address.js';
import type { Snapshot } from '../client.js';
import { Heading } from '../heading.js';
import { Action } from './action/action.js';
import { Announcer } from './announcer.js';
import { Chat } from './chat.js';
import { Invitation, Join } from './join.js';
import { Leave } from './leave.js';
import { useLostFocus } from './lost-focus.js';
import { Over } from './over.js';
import { Own } from './own.js';
import { Pause } from './pause.js';
import { Players, standingOf } from './players.js';
import { namesOf } from './seat-names.js';
import { Seen } from './seen.js';
import type { Setting } from './setting.js';
import { Story } from './story.js';
import { useFace } from './use-face.js';
import { type AtTable, useTable } from './use-table.js';

/** A table as it goes on. */
export function Room(setting: Setting) {
  const { match, card, seated, again } = setting;
  const table = useTable(match.gameName, match.matchID, seated);
  const { snapshot } = table;
  const { players, view } = snapshot;
  const ended = view?.over != null;
  const playing = match.state === 'playing' && view !== null && !ended;
  useEffect(() => {
    // NOTE: who sits where, and whether there is a rematch, is told by the lobby; the wire says when to ask.
    if (players.length > 0 || ended) again();
  }, [players, ended, again]);
  return (
    <>
      <div className="row apart">
        <Heading title={card.title}>{card.title}</Heading>
        <div className="row">
          <Connection snapshot={snapshot} />
          {playing ? <Pause players={players} names={namesOf(players)} seat={view.seat} pause={table.pause} /> : null}
          {seated === null || ended ? null : <Leave {...setting} />}
        </div>
      </div>
      {view === null && snapshot.refusal !== null ? <Barred {...setting} text={snapshot.refusal.text} /> : null}
      <Announcer view={view} />
      {match.state === 'open' ? <Invitation match={match} /> : null}
      {match.state === 'open' && seated === null ? <Join {...setting} /> : null}
      <Board setting={setting} table={table} />
    </>
  );
}

function Board({ setting, table }: { readonly setting: Setting; readonly table: AtTable }) {
  const { match, card, configured, seated } = setting;
  const { snapshot, act, say } = table;
  const { face, toggle } = useFace(setting.face);
  const { view } = snapshot;
  const frame = useRef<HTMLDivElement>(null);
  useLostFocus(frame, view?.over ?? view?.asked ?? null);
  if (view === null) return <p className="quiet">Coming to the table…</p>;
  const players = snapshot.players.length > 0 ? snapshot.players : match.players;
  const names = namesOf(players);
  const covers = face?.covers ?? [];
  return (
    <div className="table" ref={frame}>
      {covers.includes('seats') ? null : (
        <Players view={view} players={players} looks={card.looks} begun={match.state !== 'open'} />
      )}
      <Seen
        view={view}
        names={names}
        standing={players.map(standingOf)}
        face={face}
        act={mayAct(snapshot) ? act : null}
        matchID={match.matchID}
      >
        {toggle}
      </Seen>
      <Story view={view} names={names} looks={card.looks} />
      <div className="answer">
        {view.over === null ? (
          <Action
            snapshot={snapshot}
            view={view}
            names={names}
            act={act}
            open={match.state === 'open'}
            covers={covers}
          />
        ) : (
          <Over over={view.over} names={names} setting={setting} seat={view.seat} />
        )}
        <Own view={view} rewards={card.rewards} />
      </div>
      {configured.facts.information === 'perfect' || view.over !== null ? (
        <Chat lines={snapshot.chat} names={names} say={seated === null ? null : say} />
      ) : null}
      <Rulebook rules={view.rules} card={card} />
    </div>
  );
}

function Rulebook({ rules, card }: { readonly rules: string } & Pick<Setting, 'card'>) {
  return (
    <details className="rulebook">
      <summary>Rules</summary>
      <p className="rules">{rules}</p>
      <a href={linkTo('catalogue', card.id)}>More about {card.title}</a>
    </details>
  );
}

function mayAct({ view, pending, connection }: Snapshot): boolean {
  return connection === 'open' && pending === null && view?.asked != null;
}

const CONNECTIONS: { readonly [connection in Snapshot['connection']]: string } = {
  connecting: 'connecting…',
  open: 'connected',
  lost: 'connection lost, trying again…',
};

function Connection({ snapshot: { connection } }: { readonly snapshot: Snapshot }) {
  return (
    <span className={`tag ${connection === 'lost' ? 'alarm' : ''}`} role="status">
      {CONNECTIONS[connection]}
    </span>
  );
}

function Barred({ seated, sit, text }: Setting & { readonly text: string }) {
  return (
    <div className="notice wrong" role="alert">
      <p>{text}</p>
      {seated === null ? null : (
        <button type="button" onClick={() => sit(null)}>
          Give up the seat and watch
        </button>
      )}
    </div>
  );
}
