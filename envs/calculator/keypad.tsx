import { type FormEvent, useId, useState } from 'react';
import type { FaceProps } from '../../web/face.js';

const KEYS = ['7', '8', '9', '/', '(', '4', '5', '6', '*', ')', '1', '2', '3', '-', '%', '0', '.', ',', '+', '**'];
/** What a key is called where its sign alone says too little. */
const CALLED: { readonly [key: string]: string } = {
  '/': 'divided by',
  '*': 'times',
  '-': 'minus',
  '+': 'plus',
  '%': 'remainder',
  '**': 'to the power of',
  '.': 'point',
  ',': 'comma',
  '(': 'open bracket',
  ')': 'close bracket',
};

interface Props extends Pick<FaceProps, 'act'> {
  /** What was worked out last; null before. */
  readonly last: string | null;
}

/** A calculator: an expression, by keys or typed, to be worked out or handed in as the answer. */
export function Keypad({ last, act }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const empty = text.trim() === '';
  const call = (name: string, args: { readonly [name: string]: string }) => {
    if (!empty) act?.([{ id: 'call_0', name, args }]);
  };
  const workOut = (event: FormEvent) => {
    event.preventDefault();
    call('calculator', { expr: text });
  };
  return (
    <form className="keypad" onSubmit={workOut}>
      <label htmlFor={id}>Expression or answer</label>
      <input
        id={id}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <Keys onPress={(key) => setText(text + key)} />
      <div className="wide">
        <button type="button" onClick={() => setText('')}>
          Clear
        </button>
        <button type="button" onClick={() => setText(text.slice(0, -1))}>
          Back
        </button>
        <button type="button" aria-disabled={last === null} onClick={() => setText(text + (last ?? ''))}>
          Last result
        </button>
      </div>
      <div className="wide">
        <button type="submit" className="main" disabled={act === null || empty}>
          Work it out
        </button>
        <button
          type="button"
          disabled={act === null || empty}
          onClick={() => call('submit_answer', { answer: text.trim() })}
        >
          Hand in as the answer
        </button>
      </div>
    </form>
  );
}

function Keys({ onPress }: { readonly onPress: (key: string) => void }) {
  return (
    <div className="keys">
      {KEYS.map((key) => (
        <button key={key} type="button" aria-label={CALLED[key]} onClick={() => onPress(key)}>
          {key}
        </button>
      ))}
    </div>
  );
}
