import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import type { ChoiceSpace, Move, Option } from '../../../src/core/space.js';
import { matching, moved, named, numbered } from './choosing.js';

interface Props {
  readonly space: ChoiceSpace;
  readonly act: (move: Move) => void;
  readonly closed: boolean;
}

/** One of several options: by button, by number, by arrows, or by typing it. */
export function ChoiceAction({ space, act, closed }: Props) {
  const [typed, setTyped] = useState('');
  const shown = matching(space.options, typed);
  const choose = (option: Option) => {
    if (closed) return;
    setTyped('');
    act(option.id);
  };
  return (
    <>
      <Options options={shown} choose={choose} closed={closed} />
      {space.options.length > 1 ? (
        <Typing options={space.options} typed={typed} onType={setTyped} choose={choose} />
      ) : null}
    </>
  );
}

interface OptionsProps {
  readonly options: readonly Option[];
  readonly choose: (option: Option) => void;
  readonly closed: boolean;
}

function Options({ options, choose, closed }: OptionsProps) {
  const [at, setAt] = useState(0);
  const group = useRef<HTMLDivElement>(null);
  const here = Math.min(at, options.length - 1);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || options.length === 0) return;
    const chosen = options[numbered(event.key, options.length) ?? -1];
    const next = moved(event.key, here, options.length);
    if (chosen !== undefined) choose(chosen);
    if (next !== null) {
      setAt(next);
      group.current?.querySelectorAll('button')[next]?.focus();
    }
    if (chosen !== undefined || next !== null) event.preventDefault();
  };
  return (
    <div ref={group} className="options" role="toolbar" aria-label="Options" onKeyDown={press}>
      {options.map((option, place) => (
        <button
          key={option.id}
          type="button"
          tabIndex={place === here ? 0 : -1}
          aria-disabled={closed}
          onFocus={() => setAt(place)}
          onClick={() => choose(option)}
        >
          {place < 9 && options.length > 1 ? (
            <span className="key" aria-hidden="true">
              {place + 1}
            </span>
          ) : null}
          {option.label}
        </button>
      ))}
      {options.length === 0 ? <p className="quiet">No option is called that.</p> : null}
    </div>
  );
}

interface TypingProps {
  readonly options: readonly Option[];
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly choose: (option: Option) => void;
}

function Typing({ options, typed, onType, choose }: TypingProps) {
  const id = useId();
  const [unclear, setUnclear] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const option = named(options, typed);
    if (option !== null) choose(option);
    else setUnclear(typed.trim() === '' ? 'Type an option.' : `${matching(options, typed).length} options fit this.`);
  };
  return (
    <form className="row typing" onSubmit={submit}>
      <label htmlFor={id}>Or type it</label>
      <input
        id={id}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setUnclear('');
          onType(event.target.value);
        }}
      />
      <button type="submit">Play it</button>
      <span className="fault" role="status">
        {unclear}
      </span>
    </form>
  );
}
