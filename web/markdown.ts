/** The part of Markdown that cards are written in, as a tree: no HTML, no pictures, links to the web only. */

export type Inline =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'strong' | 'emphasis'; readonly of: readonly Inline[] }
  | { readonly is: 'link'; readonly href: string; readonly of: readonly Inline[] };

export type Block =
  | { readonly is: 'heading'; readonly level: number; readonly of: readonly Inline[]; readonly text: string }
  | { readonly is: 'paragraph'; readonly of: readonly Inline[] }
  | { readonly is: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly is: 'code'; readonly text: string }
  | {
      readonly is: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

/** Reads any text; what is not of this part of Markdown stays as it is written. */
export function readMarkdown(source: string): Block[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const [block, taken] = blockAt(lines, at);
    if (block !== null) blocks.push(block);
    at += taken;
  }
  return blocks;
}

/** Blocks without the sections under headings of these names. */
export function withoutSections(blocks: readonly Block[], names: readonly string[]): Block[] {
  let skipped = Number.POSITIVE_INFINITY;
  return blocks.filter((block) => {
    if (block.is === 'heading' && block.level <= skipped) {
      skipped = names.includes(block.text) ? block.level : Number.POSITIVE_INFINITY;
    }
    return skipped === Number.POSITIVE_INFINITY;
  });
}

const STARTS = /^(#{1,6} |```|\||<!--|\s*$)/;
const ITEM = /^\s{0,3}([-*]|\d+\.) +/;

type Taken = readonly [Block | null, number];

function blockAt(lines: readonly string[], at: number): Taken {
  const line = lines[at] as string;
  if (/^\s*(<!--.*-->)?\s*$/.test(line)) return [null, 1];
  const heading = /^(#{1,6}) +(.*?)\s*$/.exec(line);
  if (heading !== null) {
    const text = heading[2] as string;
    return [{ is: 'heading', level: (heading[1] as string).length, of: readInline(text), text }, 1];
  }
  if (line.startsWith('```')) return codeAt(lines, at);
  if (line.startsWith('|') && /^\|[\s:|-]+\|$/.test(lines[at + 1]?.trim() ?? '')) return tableAt(lines, at);
  if (ITEM.test(line)) return listAt(lines, at);
  const end = until(lines, at + 1, (next) => STARTS.test(next) || ITEM.test(next));
  return [{ is: 'paragraph', of: readInline(joined(lines.slice(at, end))) }, end - at];
}

function codeAt(lines: readonly string[], at: number): Taken {
  const end = until(lines, at + 1, (next) => next.startsWith('```'));
  return [{ is: 'code', text: lines.slice(at + 1, end).join('\n') }, end - at + 1];
}

function tableAt(lines: readonly string[], at: number): Taken {
  const end = until(lines, at, (next) => !next.startsWith('|'));
  const rows = lines.slice(at, end).map(cellsOf);
  return [{ is: 'table', head: rows[0] ?? [], rows: rows.slice(2) }, end - at];
}

function cellsOf(line: string): (readonly Inline[])[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => readInline(cell.trim().replaceAll('\\|', '|')));
}

function listAt(lines: readonly string[], at: number): Taken {
  const end = until(lines, at + 1, (next) => STARTS.test(next) || !(ITEM.test(next) || /^\s+\S/.test(next)));
  const items: string[] = [];
  for (const line of lines.slice(at, end)) {
    if (ITEM.test(line)) items.push(line.replace(ITEM, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return [{ is: 'list', ordered: /^\s*\d/.test(lines[at] as string), items: items.map(readInline) }, end - at];
}

function until(lines: readonly string[], from: number, stops: (line: string) => boolean): number {
  let end = from;
  while (end < lines.length && !stops(lines[end] as string)) end++;
  return end;
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join(' ');
}

const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^()\s]+)\)/g;

/** The marks within a line. NOTE: every pattern is bounded by its own closing sign, so that no text is read twice. */
export function readInline(text: string): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  const plain = (to: number) => {
    if (to > from) found.push({ is: 'text', text: text.slice(from, to) });
  };
  for (const mark of text.matchAll(MARKS)) {
    plain(mark.index);
    found.push(inlineOf(mark));
    from = mark.index + mark[0].length;
  }
  plain(text.length);
  return found;
}

function inlineOf([, code, strong, emphasis, label, href]: RegExpExecArray): Inline {
  if (code !== undefined) return { is: 'code', text: code };
  if (strong !== undefined) return { is: 'strong', of: readInline(strong) };
  if (emphasis !== undefined) return { is: 'emphasis', of: readInline(emphasis) };
  const of = readInline(label ?? '');
  // NOTE: any other address could run a script, and a file beside the card is not on the server.
  return /^https?:\/\//.test(href ?? '') ? { is: 'link', href: href as string, of } : { is: 'emphasis', of };
}
