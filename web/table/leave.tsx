import { useState } from 'react';
import { goTo } from '../address.js';
import { leave } from '../api.js';
import { useAttempt } from '../attempt.js';
import type { Setting } from './setting.js';

/** Gets up from the table, after a second thought. */
export function Leave({ match, seated, sit }: Setting) {
  const [sure, setSure] = useState(false);
  const { failed, attempt } = useAttempt();
  if (seated === null) return null;
  const go = () =>
    attempt(async () => {
      await leave(match.gameName, match.matchID, seated);
      sit(null);
      goTo();
    });
  if (!sure) {
    return (
      <button type="button" onClick={() => setSure(true)}>
        Leave
      </button>
    );
  }
  return (
    <fieldset className="row bare" aria-label="Leave the game?">
      <span>{failed ?? 'Give up your seat for good?'}</span>
      <button type="button" className="main" onClick={go}>
        Leave
      </button>
      <button type="button" ref={takeFocus} onClick={() => setSure(false)}>
        Stay
      </button>
    </fieldset>
  );
}

/** NOTE: the button that asked is gone, and the safer answer is at hand. */
function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus();
}
