import type { Paper } from '../task.js';
import { type PdfText, readPdf } from './pdf.js';

/** Endings of the files that are read as papers. */
export const ENDINGS: readonly string[] = ['.txt', '.md', '.pdf'];

/** Characters of a text beyond which it is cut. */
const LONGEST = 2_000_000;

/**
 * A file as a paper. Title, authors and year come from what the file says of itself: a head between lines of `---` with
 * `title:`, `authors:` (parted by `;`) and `year:`, or a PDF's own data; else the title is the first line, and the year
 * one that the file's name holds.
 * @param path from the folder of papers, with `/`
 * @throws when a PDF cannot be read
 */
export async function paperOf(path: string, bytes: Uint8Array): Promise<Paper> {
  if (path.toLowerCase().endsWith('.pdf')) return ofPdf(path, await readPdf(bytes));
  const whole = new TextDecoder().decode(bytes).replace(/^\uFEFF/, '');
  const { head, body } = parted(whole);
  const text = path.toLowerCase().endsWith('.md') ? unmarked(body) : body;
  return paper(path, text, head.title ?? null, head.authors ?? null, head.year ?? null);
}

function ofPdf(path: string, { text, title, author }: PdfText): Paper {
  return paper(path, text, title, author, null);
}

function paper(path: string, text: string, title: string | null, authors: string | null, year: string | null): Paper {
  const bare = path.replace(/\.\w+$/, '');
  const stated = /\b(?:19|20)\d\d\b/.exec(year ?? bare.replaceAll('_', ' '))?.[0];
  return {
    key: path.replace(/\s+/g, '-'),
    title: title ?? firstLine(text) ?? bare,
    authors: (authors ?? '').split(/\s*;\s*/).filter((name) => name !== ''),
    year: stated === undefined ? null : Number(stated),
    text: text.slice(0, LONGEST),
  };
}

function firstLine(text: string): string | undefined {
  const line = text
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each !== '');
  return line?.slice(0, 200);
}

/** A text without the head that tells of it, and the fields of the head. */
function parted(text: string): { readonly head: { readonly [field: string]: string }; readonly body: string } {
  const found = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/.exec(text);
  if (found === null) return { head: {}, body: text };
  const fields = [...(found[1] as string).matchAll(/^(\w+):\s*(.*?)\s*$/gm)].map(([, name, value]) => [
    (name as string).toLowerCase(),
    (value as string).replace(/^"(.*)"$/, '$1'),
  ]);
  return { head: Object.fromEntries(fields), body: text.slice(found[0].length) };
}

/** Markdown without its marks. */
function unmarked(text: string): string {
  return text
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, '');
}
