/** What one cell prints, of which the first characters are kept. */
export class Printed {
  readonly #most: number;
  #kept = '';
  #cut = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** One more line or several. */
  add(text: string): void {
    const line = this.#kept === '' ? text : `\n${text}`;
    const room = Math.max(0, this.#most - this.#kept.length);
    this.#kept += wellFormed(line.slice(0, room));
    this.#cut += Math.max(0, line.length - room);
  }

  get text(): string {
    return this.#cut === 0 ? this.#kept : `${this.#kept}\n... (${this.#cut} more characters)`;
  }
}

/** NOTE: a cut, or a cell, may leave half of a character, which no file or socket takes. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
