/** The JSON of socket.io's packets (`42/game,["patch",...]`); what is no event is left out. */
export function eventsOf(frames: readonly string[]): unknown[] {
  return frames.flatMap((frame) => {
    const json = /^42[^[]*(\[.*\])$/s.exec(frame)?.[1];
    return json === undefined ? [] : [JSON.parse(json) as unknown];
  });
}

/** Where in a value stand texts that are one of these, each with its path; longer texts that hold one do not count. */
export function wordsIn(value: unknown, words: readonly string[], path = ''): { path: string; word: string }[] {
  if (typeof value === 'string') return words.includes(value) ? [{ path, word: value }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => wordsIn(inner, words, `${path}/${key}`));
}
