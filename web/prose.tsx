import type { ReactNode } from 'react';
import { each } from './each.js';
import { Frame } from './frame.js';
import type { Block, Inline } from './markdown.js';

/** Markdown as elements. A first heading is the title of the page, which has its own above. */
export function Prose({ blocks }: { readonly blocks: readonly Block[] }) {
  return <div className="prose">{each(blocks, blockOf)}</div>;
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

function blockOf(block: Block): ReactNode {
  switch (block.is) {
    case 'heading': {
      const Tag = `h${block.level}` as 'h2';
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
    <Frame label={`Table of ${head.map(plainOf).join(', ')}`}>
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
    </Frame>
  );
}

function cellOf(cell: readonly Inline[]): ReactNode {
  return <td>{inline(cell)}</td>;
}

function plainOf(of: readonly Inline[]): string {
  return of.map((part) => ('text' in part ? part.text : plainOf(part.of))).join('');
}
