/** The longest seat number has two digits, so names are made once. */
export const NAMES: readonly string[] = Array.from({ length: 100 }, (_, seat) => `player_${seat}`);

/** Stands for a player's name in the skeleton of a clause. */
export const MASK = '@';

/** A clause with gaps for players: text, gap, text, gap, text. */
export type Template = {
  readonly texts: readonly string[];
  /** What fills each gap: the player it is about, or the one its reason names. */
  readonly gaps: readonly ('who' | 'whom')[];
};

/** Reads a clause written with `{who}` and `{whom}`. */
export function template(pattern: string): Template {
  const texts: string[] = [];
  const gaps: ('who' | 'whom')[] = [];
  let from = 0;
  for (let at = pattern.indexOf('{'); at >= 0; at = pattern.indexOf('{', from)) {
    const end = pattern.indexOf('}', at);
    const gap = pattern.slice(at + 1, end);
    if (gap !== 'who' && gap !== 'whom') throw new Error(`a clause has no gap "${gap}": ${pattern}`);
    texts.push(pattern.slice(from, at));
    gaps.push(gap);
    from = end + 1;
  }
  texts.push(pattern.slice(from));
  return { texts, gaps };
}

export function templates(patterns: readonly string[]): readonly Template[] {
  return patterns.map(template);
}

/** The clause with its gaps filled. */
export function fill({ texts, gaps }: Template, who: number | null, whom: number | null): string {
  let text = texts[0] as string;
  for (let i = 0; i < gaps.length; i++) {
    text += (NAMES[(gaps[i] === 'who' ? who : whom) ?? 0] as string) + (texts[i + 1] as string);
  }
  return text;
}

/** The clause as the reader looks it up: names masked, small letters. */
export function skeleton({ texts }: Template): string {
  return texts.join(MASK).toLowerCase();
}
