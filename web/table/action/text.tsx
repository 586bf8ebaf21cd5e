import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import type { Move, TextSpace } from '../../../src/core/space.js';

interface Props {
  readonly space: TextSpace;
  readonly act: (move: Move) => void;
  readonly closed: boolean;
}

/** A text within its limit. */
export function TextAction({ space, act, closed }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const over = text.length - space.maxChars;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!closed && over <= 0) act(text);
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    // NOTE: silence is a move too, but not one to make by an idle key.
    if (text !== '') event.currentTarget.form?.requestSubmit();
  };
  return (
    <form onSubmit={submit}>
      <label htmlFor={id}>{space.purpose}</label>
      <textarea
        id={id}
        rows={4}
        value={text}
        aria-describedby={`${id}count`}
        aria-invalid={over > 0}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
      />
      <div className="row apart">
        <span id={`${id}count`} className={over > 0 ? 'fault' : 'quiet small'}>
          {over > 0 ? `${over} characters too long` : `${text.length} of ${space.maxChars} characters`}; Enter sends,
          Shift and Enter begins a line
        </span>
        <button type="submit" className="main" disabled={closed || over > 0}>
          {text === '' ? 'Say nothing' : 'Send'}
        </button>
      </div>
    </form>
  );
}
