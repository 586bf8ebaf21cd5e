import type { ReactNode } from 'react';
import { each } from './each.js';
import type { Block, Inline } from './markdown.js';

/** Markdown as elements. Headings start at the level given, for a page has its own title above. */
export function Prose({ blocks, top = 2 }: { readonly blocks: readonly Block[]; readonly top?: number }) {
  return <div className="prose">{each(blocks, (block) => blockOf(block, top))}</div>;
}

function inline(of: readonly Inline[]): ReactNode {
  return each(of, inlineOf);
}

function inlineOf(part: Inline): ReactNode {
  switch (part.is) {
    case 'text':
      return part.text;
    case 'code':
      return <code>{part.text}</code>;
    case 'strong':
      return <strong>{inline(part.of)}</strong>;
    case 'emphasis':
      return <em>{inline(part.of)}</em>;
    case 'link':
      return (
        <a href={part.href} rel="noreferrer noopener">
          {inline(part.of)}
        </a>
      );
  }
}

function blockOf(block: Block, top: number): ReactNode {
  switch (block.is) {
    case 'heading': {
      const Tag = `h${Math.min(6, block.level - 1 + top)}` as 'h2';
      return <Tag>{inline(block.of)}</Tag>;
    }
    case 'paragraph':
      return <p>{inline(block.of)}</p>;
    case 'code':
      return <pre>{block.text}</pre>;
    case 'list': {
      const items = each(block.items, (item) => <li>{inline(item)}</li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return <Table head={block.head} rows={block.rows} />;
  }
}

type Cells = readonly (readonly Inline[])[];

function Table({ head, rows }: { readonly head: Cells; readonly rows: readonly Cells[] }) {
  const row = (cells: Cells) => <tr>{each(cells, (cell) => cellOf(cell))}</tr>;
  return (
    <div className="frame">
      <table>
        <thead>
          <tr>
            {each(head, (cell) => (
              <th scope="col">{inline(cell)}</th>
            ))}
          </tr>
        </thead>
        <tbody>{each(rows, row)}</tbody>
      </table>
    </div>
  );
}

function cellOf(cell: readonly Inline[]): ReactNode {
  return <td>{inline(cell)}</td>;
}
