import { useEffect, useId, useMemo, useRef } from 'react';
import type { TableView } from '../../src/server/wire/wire.js';
import { each } from '../each.js';
import { Result } from './result.js';
import { type Looks, type Told, told } from './story-model.js';

interface Props {
  readonly view: Pick<TableView, 'events' | 'said' | 'seat'>;
  readonly names: readonly string[];
  readonly looks: Looks;
  readonly title?: string;
}

/** What happened so far, as this viewer was told it. Stays at its end while somebody reads there. */
export function Story({ view, names, looks, title = 'What happened' }: Props) {
  const lines = useMemo(() => told(view, looks), [view, looks]);
  const id = useId();
  const frame = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const list = frame.current;
    if (list !== null && atEnd.current && lines.length > 0) list.scrollTop = list.scrollHeight;
  }, [lines]);
  const watch = ({ currentTarget: list }: { readonly currentTarget: HTMLElement }) => {
    atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  };
  return (
    <section className="story card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {lines.length === 0 ? <p className="quiet">Nothing yet.</p> : null}
      {/* NOTE: a frame that scrolls takes the focus, so that keys scroll it. */}
      <ol ref={frame} onScroll={watch} tabIndex={lines.length > 6 ? 0 : -1} aria-labelledby={id}>
        {each(lines, (line, at) => (
          <Line line={line} names={names} seat={view.seat} isLast={at === lines.length - 1} />
        ))}
      </ol>
    </section>
  );
}

function Line({
  line,
  names,
  seat,
  isLast,
}: {
  readonly line: Told;
  readonly names: readonly string[];
  readonly seat: number | null;
  readonly isLast: boolean;
}) {
  if (line.is === 'heading') return <li className="part">{line.text}</li>;
  if (line.is === 'line') return <li className="told">{line.text}</li>;
  if (line.is === 'result') return <Result result={line} isLast={isLast} />;
  const own = line.seat === seat;
  return (
    <li className={own ? 'speech own' : 'speech'}>
      <span className="speaker">{own ? 'You' : names[line.seat]}</span>
      <span className="words">{line.text === '' ? '(says nothing)' : line.text}</span>
    </li>
  );
}
