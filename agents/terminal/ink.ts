import { styleText } from 'node:util';

export type Format = Parameters<typeof styleText>[0];

/** Paints a text, or leaves it plain where colour is not wanted. */
export type Ink = (format: Format, text: string) => string;

export const plain: Ink = (_format, text) => text;
const colour: Ink = (format, text) => styleText(format, text, { validateStream: false });

/**
 * Colour on terminals, plain text elsewhere. `NO_COLOR` switches it off and `FORCE_COLOR` on, whatever the stream is.
 * SEE: no-color.org, force-color.org
 */
export function inkFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Ink {
  if ((env.NO_COLOR ?? '') !== '') return plain;
  if ((env.FORCE_COLOR ?? '') !== '') return env.FORCE_COLOR === '0' ? plain : colour;
  return stream.isTTY === true ? colour : plain;
}

/** Columns to write in: the terminal's own (some say 0 when they do not know), within what reads well. */
export function widthOf(stream: { readonly columns?: number }): number {
  return Math.max(40, Math.min(stream.columns || 100, 110));
}

/** A text without control characters, which could rewrite the reader's screen. Line breaks stay. */
export function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[^\P{Cc}\n]/gu, '\ufffd');
}

/** A text in lines of at most `width` characters, broken at spaces; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  return clean(text)
    .split('\n')
    .flatMap((paragraph) => wrapParagraph(paragraph, width));
}

function wrapParagraph(paragraph: string, width: number): string[] {
  if (paragraph.length <= width) return [paragraph];
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ').flatMap((whole) => cut(whole, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function cut(word: string, width: number): string[] {
  if (word.length <= width) return [word];
  return Array.from({ length: Math.ceil(word.length / width) }, (_, at) => word.slice(at * width, (at + 1) * width));
}
