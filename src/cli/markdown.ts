import { type Ink, wrap } from '../../agents/terminal/ink.js';
import { sheet } from './sheet.js';

/** The Markdown of cards as lines for a terminal: headings, tables, lists, code and paragraphs; comments are left out. */
export function markdownLines(text: string, width: number, ink: Ink): string[] {
  const blocks = text
    .replace(/<!--[\s\S]*?-->/g, '')
    .trim()
    .split(/\n{2,}(?![ \t])/);
  return rejoinFences(blocks).flatMap((block) => ['', ...blockLines(block.trim(), width, ink)]);
}

/** NOTE: a fenced block may hold blank lines, which the split took for ends of blocks. */
function rejoinFences(blocks: readonly string[]): string[] {
  const joined: string[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (last?.startsWith('```') === true && !/\n```\s*$/.test(last)) joined[joined.length - 1] = `${last}\n\n${block}`;
    else joined.push(block);
  }
  return joined;
}

function blockLines(block: string, width: number, ink: Ink): string[] {
  const [first = '', ...rest] = block.split('\n');
  const heading = /^#+ +(.*)$/.exec(first);
  if (heading !== null) {
    const below = rest.join('\n').trim();
    return [ink('bold', inline(heading[1] ?? '')), ...(below === '' ? [] : blockLines(below, width, ink))];
  }
  if (first.startsWith('```')) return rest.filter((line) => !line.startsWith('```')).map((line) => `    ${line}`);
  if (first.startsWith('|')) return tableLines(block, width, ink);
  if (/^\s*([-*]|\d+\.) /.test(first)) return listLines(block, width);
  return wrap(inline(block.replace(/\s*\n\s*/g, ' ')), width - 2).map((line) => `  ${line}`);
}

function tableLines(block: string, width: number, ink: Ink): string[] {
  const rows = block.split('\n').map(cellsOf);
  const [head = [], , ...body] = rows;
  return sheet(head, body, width, ink);
}

function cellsOf(line: string): string[] {
  const cells = line.replace(/^\||\|$/g, '').split(/(?<!\\)\|/);
  return cells.map((cell) => inline(cell.trim().replaceAll('\\|', '|')));
}

function listLines(block: string, width: number): string[] {
  const items = block.split(/\n(?=\s*(?:[-*]|\d+\.) )/);
  return items.flatMap((item) => {
    const text = inline(item.trim().replace(/\s*\n\s*/g, ' '));
    return wrap(text, width - 4).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`));
  });
}

/** Text without the marks of emphasis and code; a link is followed by its address. */
function inline(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/`([^`]+)`/g, '$1');
}
