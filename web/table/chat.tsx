import { type FormEvent, useId, useState } from 'react';
import { Failed } from '../attempt.js';
import type { ChatLine } from '../client.js';

interface Props {
  readonly lines: readonly ChatLine[];
  readonly names: readonly string[];
  /** Null for those who only look on. */
  readonly say: ((text: string) => Promise<string | null>) | null;
}

const MOST = 500;

/** Talk beside the game, where it can give nothing away. */
export function Chat({ lines, names, say }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState<string | null>(null);
  if (say === null && lines.length === 0) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || say === null) return;
    const refused = await say(text);
    setFailed(refused);
    if (refused === null) setText('');
  };
  return (
    <section className="chat card" aria-labelledby="chat">
      <h2 id="chat">Chat</h2>
      <ul aria-live="polite">
        {lines.map((line) => (
          <li key={line.id}>
            <span className="speaker">{names[Number(line.sender)] ?? 'somebody'}</span> {String(line.payload)}
          </li>
        ))}
      </ul>
      {say === null ? null : (
        <form className="row" onSubmit={submit}>
          <label className="unseen" htmlFor={id}>
            Say something
          </label>
          <input
            id={id}
            value={text}
            maxLength={MOST}
            autoComplete="off"
            placeholder="Say something"
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit">Send</button>
        </form>
      )}
      <Failed text={failed} />
    </section>
  );
}
