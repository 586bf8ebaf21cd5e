/** Longest piece of text that is handed out as one sentence. */
const LONGEST = 600;
/** Short forms whose point ends no sentence. */
const SHORT = /\b(?:al|approx|cf|dr|e\.g|eq|fig|figs|i\.e|no|nos|prof|ref|refs|resp|sp|spp|var|vs|[A-Z])\.$/i;

/** The sentences of a text, white space made plain. A piece without an end to it is cut at `LONGEST` characters. */
export function sentencesOf(text: string): string[] {
  const found: string[] = [];
  let open = '';
  for (const piece of text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=[.!?]["')\]]?) /)) {
    open = open === '' ? piece : `${open} ${piece}`;
    if (SHORT.test(piece) && open.length < LONGEST) continue;
    found.push(...cut(open));
    open = '';
  }
  if (open !== '') found.push(...cut(open));
  return found;
}

function cut(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += LONGEST) pieces.push(text.slice(at, at + LONGEST));
  return pieces;
}
