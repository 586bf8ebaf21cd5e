import { useEffect, useRef, useState } from 'react';
import { excerpt } from '../../src/core/json.js';
import type { TableView } from '../../src/server/wire/wire.js';

/** Tells a screen reader what is new: what happened since the page was opened, and when it is the viewer's turn. */
export function Announcer({ view }: { readonly view: TableView | null }) {
  const heard = useRef<number | null>(null);
  const turn = useRef(false);
  const [news, setNews] = useState('');
  useEffect(() => {
    if (view === null) return;
    const fresh =
      heard.current === null
        ? []
        : view.said
            .slice(heard.current)
            .filter((line) => line !== '')
            .map((line) => excerpt(line, 400));
    heard.current = view.said.length;
    const asked = view.asked !== null;
    const called = asked && !turn.current ? ['It is your turn.'] : [];
    turn.current = asked;
    const ended = view.over === null ? [] : ['The game is over.'];
    const lines = [...fresh, ...called, ...(fresh.length > 0 ? ended : [])];
    if (lines.length > 0) setNews(lines.join(' '));
  }, [view]);
  return (
    <p className="unseen" aria-live="polite">
      {news}
    </p>
  );
}
