import { type FormEvent, useId, useRef, useState } from 'react';
import { type Seat, seatName } from '../../src/core/environment.js';
import type { Match } from '../../src/server/lobby/wire.js';
import { fullLink } from '../address.js';
import { join } from '../api.js';
import { Failed, useAttempt } from '../attempt.js';
import { ConsentField } from '../consent-field.js';
import { keepName, keptName } from '../kept.js';
import { NameField } from '../name-field.js';
import type { Setting } from './setting.js';

/** The way in for somebody without a seat, while there are any left. */
export function Join({ match, sit }: Setting) {
  const open = match.players.filter(({ data }) => data.kind === 'open').map(({ id }) => id);
  const [name, setName] = useState(keptName);
  const [seat, setSeat] = useState('');
  const [consent, setConsent] = useState(match.consent);
  const { busy, failed, attempt } = useAttempt();
  if (open.length === 0) return null;
  const take = async () => {
    keepName(name);
    const wanted = seat === '' ? {} : { playerID: seat };
    const taken = await join(match.gameName, match.matchID, { playerName: name, consent, ...wanted });
    sit({ playerID: taken.playerID, credentials: taken.playerCredentials });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(take);
  };
  return (
    <form className="card join" onSubmit={submit} aria-labelledby="join">
      <h2 id="join">Sit down</h2>
      <div className="row">
        <NameField name={name} onChange={setName} />
        {open.length === 1 ? null : <SeatField open={open} seat={seat} onChange={setSeat} />}
        <button type="submit" className="main" disabled={busy}>
          Join
        </button>
      </div>
      <ConsentField consent={consent} onChange={setConsent} />
      <Failed text={failed} />
    </form>
  );
}

interface SeatFieldProps {
  readonly open: readonly Seat[];
  readonly seat: string;
  readonly onChange: (seat: string) => void;
}

function SeatField({ open, seat, onChange }: SeatFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Seat</label>
      <select id={id} value={seat} onChange={(event) => onChange(event.target.value)}>
        <option value="">any</option>
        {open.map((one) => (
          <option key={one} value={one}>
            {seatName(one)}
          </option>
        ))}
      </select>
    </div>
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
