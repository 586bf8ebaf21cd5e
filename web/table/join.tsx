import { type FormEvent, useId, useRef, useState } from 'react';
import { seatName } from '../../src/core/environment.js';
import type { Match } from '../../src/server/lobby/wire.js';
import { fullLink } from '../address.js';
import { join } from '../api.js';
import { keepName, keptName } from '../kept.js';
import { textOf } from '../loaded.js';
import type { Setting } from './setting.js';

/** The way in for somebody without a seat, while there are any left. */
export function Join({ match, sit }: Setting) {
  const open = match.players.filter(({ data }) => data.kind === 'open');
  const [name, setName] = useState(keptName);
  const [seat, setSeat] = useState('');
  const [failed, setFailed] = useState<string | null>(null);
  const [nameId, seatId] = [useId(), useId()];
  if (open.length === 0) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      keepName(name);
      const wanted = seat === '' ? {} : { playerID: seat };
      const taken = await join(match.gameName, match.matchID, { playerName: name, ...wanted });
      sit({ playerID: taken.playerID, credentials: taken.playerCredentials });
    } catch (error) {
      setFailed(textOf(error));
    }
  };
  return (
    <form className="card join" onSubmit={submit} aria-labelledby="join">
      <h2 id="join">Sit down</h2>
      <div className="row">
        <div className="field">
          <label htmlFor={nameId}>Your name</label>
          <input
            id={nameId}
            value={name}
            required
            maxLength={40}
            autoComplete="nickname"
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={seatId}>Seat</label>
          <select id={seatId} value={seat} onChange={(event) => setSeat(event.target.value)}>
            <option value="">any</option>
            {open.map(({ id }) => (
              <option key={id} value={id}>
                {seatName(id)}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="main">
          Join
        </button>
      </div>
      {failed === null ? null : (
        <p className="fault" role="alert">
          {failed}
        </p>
      )}
    </form>
  );
}

/** The waiting room: who is missing, and the link that brings them here. */
export function Invitation({ match }: { readonly match: Match }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState('');
  const link = fullLink('table', match.gameName, match.matchID);
  const missing = match.players.filter(({ data }) => data.kind === 'open').length;
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link);
      setCopied('Copied.');
    } catch {
      setCopied('The browser does not let this page copy; the link is selected.');
    }
  };
  return (
    <section className="notice invitation" aria-label="Waiting room">
      <p>{missing === 1 ? 'One seat is open.' : `${missing} seats are open.`} The game begins when all are taken.</p>
      <label htmlFor={id}>Invitation link</label>
      <div className="row">
        <input id={id} ref={field} className="link" readOnly value={link} />
        <button type="button" onClick={copy}>
          Copy
        </button>
        <span role="status">{copied}</span>
      </div>
    </section>
  );
}
