import type { Option } from '../../../src/core/space.js';

/** Options whose words hold every word typed, each from its start: `vo 3` finds `vote player_3`. */
export function matching(options: readonly Option[], typed: string): readonly Option[] {
  const wanted = wordsOf(typed);
  return options.filter((option) => {
    const words = wordsOf(`${option.id} ${option.label}`);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
}

/** The option that a text names: by its whole id or label, else the only one that it fits; null when it is not clear. */
export function named(options: readonly Option[], typed: string): Option | null {
  const said = plain(typed);
  if (said === '') return null;
  const whole = options.filter(({ id, label }) => plain(id) === said || plain(label) === said);
  const fitting = whole.length > 0 ? whole : matching(options, typed);
  return fitting.length === 1 ? (fitting[0] as Option) : null;
}

/**
 * Where a key leads among so many options in a line.
 * @returns the place, or null where the key leads nowhere
 */
export function moved(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** The place a number key names, for the first nine; null for other keys and places that are not there. */
export function numbered(key: string, count: number): number | null {
  const place = /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
  return place >= 0 && place < count ? place : null;
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

function wordsOf(text: string): readonly string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
