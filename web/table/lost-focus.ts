import { type RefObject, useEffect } from 'react';

/** Where play goes on by keys: on a board, among plain options, in a composer or form, at the result. */
const GOES_ON = [
  ':is(.grid, .places) [tabindex="0"]',
  '.options [tabindex="0"]',
  '.answer :is(textarea, input, select)',
  '.answer h2',
];

/**
 * Gives focus that is nowhere to where play goes on, whenever `occasion` is something new and not null. The button that
 * was pressed last is gone by the next turn; whoever plays by keys goes on where they were. Focus that somebody has put
 * elsewhere stays there.
 */
export function useLostFocus(table: RefObject<HTMLElement | null>, occasion: unknown): void {
  useEffect(() => {
    const at = document.activeElement;
    if (occasion === null || (at !== document.body && at?.tagName !== 'H1')) return;
    const places = GOES_ON.map((place) => table.current?.querySelector<HTMLElement>(place));
    places.find((place) => place?.checkVisibility() === true)?.focus();
  }, [table, occasion]);
}
