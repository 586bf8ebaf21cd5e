import { type ReactNode, useId } from 'react';
import type { AgentCard } from '../../src/server/lobby/wire.js';
import { ConsentField } from '../consent-field.js';
import { each } from '../each.js';
import { span } from './clock.js';
import type { Wish } from './wish.js';

const TURN = [null, 15, 30, 60, 120, 300, 3600];
const GAME = [null, 60, 180, 300, 600, 1800, 3600];
const INCREMENT = [0, 1, 2, 5, 10, 30];
const ABSENT = [null, 15, 30, 60, 120, 300, 900];

interface Props {
  readonly wish: Wish;
  readonly agents: readonly AgentCard[];
  readonly onChange: (wish: Wish) => void;
}

/** How long players may think, what follows when they do not, and who may see the game and its record. */
export function ClockFields({ wish, agents, onChange }: Props) {
  const set = (news: Partial<Wish>) => onChange({ ...wish, ...news });
  const timed = wish.turn !== null || wish.game !== null;
  return (
    <>
      <div className="fields">
        <Seconds label="For each turn" options={TURN} value={wish.turn} onChange={(turn) => set({ turn })} />
        <Seconds label="For the whole game" options={GAME} value={wish.game} onChange={(game) => set({ game })} />
        {wish.game === null ? null : (
          <Seconds
            label="More after each own turn"
            options={INCREMENT}
            value={wish.increment}
            onChange={(increment) => set({ increment: increment ?? 0 })}
          />
        )}
        {timed ? <Late wish={wish} set={set} /> : null}
        {agents.length === 0 ? null : <Absent wish={wish} agents={agents} set={set} />}
      </div>
      <Guests wish={wish} set={set} />
    </>
  );
}

interface Setting {
  readonly wish: Wish;
  readonly set: (news: Partial<Wish>) => void;
}

function Late({ wish, set }: Setting) {
  return (
    <Choice label="When the time is over">
      {(id) => (
        <select id={id} value={wish.late} onChange={(event) => set({ late: event.target.value as Wish['late'] })}>
          <option value="substitute">a move is made by the rule of the game</option>
          <option value="forfeit">the game is lost</option>
        </select>
      )}
    </Choice>
  );
}

function Absent({ wish, agents, set }: Setting & { readonly agents: readonly AgentCard[] }) {
  return (
    <>
      <Seconds
        label="An agent sits in for the absent after"
        none="never"
        options={ABSENT}
        value={wish.absent}
        onChange={(absent) => set({ absent })}
      />
      {wish.absent === null ? null : (
        <Choice label="Who sits in">
          {(id) => (
            <select id={id} value={wish.standIn} onChange={(event) => set({ standIn: event.target.value })}>
              {agents.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Choice>
      )}
    </>
  );
}

function Guests({ wish, set }: Setting) {
  return (
    <div className="guests">
      <label className="check">
        <input type="checkbox" checked={wish.unlisted} onChange={(event) => set({ unlisted: event.target.checked })} />
        By invitation only: the game is not listed, and whoever has its link may join or watch
      </label>
      <ConsentField consent={wish.consent} onChange={(consent) => set({ consent })} />
    </div>
  );
}

interface SecondsProps {
  readonly label: string;
  readonly none?: string;
  readonly options: readonly (number | null)[];
  readonly value: number | null;
  readonly onChange: (seconds: number | null) => void;
}

function Seconds({ label, none = 'no limit', options, value, onChange }: SecondsProps) {
  const read = (text: string) => onChange(text === '' ? null : Number(text));
  return (
    <Choice label={label}>
      {(id) => (
        <select id={id} value={value ?? ''} onChange={(event) => read(event.target.value)}>
          {each(options, (seconds) => (
            <option value={seconds ?? ''}>{seconds === null ? none : span(seconds * 1000)}</option>
          ))}
        </select>
      )}
    </Choice>
  );
}

function Choice({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
