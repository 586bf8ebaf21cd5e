import { type RefObject, useEffect } from 'react';

/**
 * Gives focus that is nowhere to the first element of a kind, whenever `occasion` is something new and not null. The
 * button that was pressed last is gone by the next turn; whoever plays by keys goes on where they were. Focus that
 * somebody has put elsewhere stays there.
 */
export function useLostFocus(within: RefObject<HTMLElement | null>, kind: string, occasion: unknown): void {
  useEffect(() => {
    const at = document.activeElement;
    const lost = at === document.body || at?.tagName === 'H1';
    if (occasion !== null && lost) within.current?.querySelector<HTMLElement>(kind)?.focus();
  }, [within, kind, occasion]);
}
