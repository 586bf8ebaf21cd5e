import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Block, readInline, readMarkdown, withoutSections } from './markdown.js';

const text = (said: string) => ({ is: 'text', text: said });

describe('blocks', () => {
  it('are headings, paragraphs, lists, code and tables', () => {
    const source =
      '# A *game*\n\nTwo\nlines.\n\n- one\n  goes on\n- two\n\n1. first\n\n```sh\nludus list\n```\n\n| a | b\\|c |\n| - | ---: |\n| 1 | `x` |\nafter';
    expect(readMarkdown(source)).toEqual([
      { is: 'heading', level: 1, text: 'A *game*', of: [text('A '), { is: 'emphasis', of: [text('game')] }] },
      { is: 'paragraph', of: [text('Two lines.')] },
      { is: 'list', ordered: false, items: [[text('one goes on')], [text('two')]] },
      { is: 'list', ordered: true, items: [[text('first')]] },
      { is: 'code', text: 'ludus list' },
      { is: 'table', head: [[text('a')], [text('b|c')]], rows: [[[text('1')], [{ is: 'code', text: 'x' }]]] },
      { is: 'paragraph', of: [text('after')] },
    ]);
  });

  it('leave comments out, and HTML stays text', () => {
    expect(readMarkdown('<!-- generated -->\n<script>alert(1)</script>')).toEqual([
      { is: 'paragraph', of: [text('<script>alert(1)</script>')] },
    ]);
  });

  it('of a section go with its heading, deeper ones included', () => {
    const blocks = readMarkdown('# A\n\n### B\n\nb\n\n#### C\n\nc\n\n### D\n\nd\n\n## E');
    const left = withoutSections(blocks, ['B']).map((block: Block) => (block.is === 'heading' ? block.text : block.is));
    expect(left).toEqual(['A', 'D', 'paragraph', 'E']);
  });

  it('are found in what breaks off', () => {
    expect(readMarkdown('```\nopen')).toEqual([{ is: 'code', text: 'open' }]);
    expect(readMarkdown('| a |')).toEqual([{ is: 'paragraph', of: [text('| a |')] }]);
    expect(readMarkdown('- ')).toHaveLength(1);
  });
});

describe('marks in a line', () => {
  it('are links to the web alone', () => {
    expect(readInline('[a](https://x.org/b)')).toEqual([{ is: 'link', href: 'https://x.org/b', of: [text('a')] }]);
    for (const href of ['javascript:alert(1)', 'data:text/html,x', '../README.md', '//x.org']) {
      expect(JSON.stringify(readInline(`[a](${href})`))).not.toContain('href');
    }
  });

  it('are not looked for in code', () => expect(readInline('`**a**`')).toEqual([{ is: 'code', text: '**a**' }]));

  it('end in time on a text made to be slow', () => {
    const source = `${'[a]('.repeat(20_000)}${'*'.repeat(20_000)}${'`'.repeat(20_001)}`;
    expect(readInline(source).length).toBeGreaterThan(0);
  });
});

it('every card of the catalogue is read: no table or heading is left as text', () => {
  const folder = fileURLToPath(new URL('../envs/', import.meta.url));
  const cards = readdirSync(folder)
    .filter((id) => existsSync(`${folder}${id}/README.md`))
    .map((id) => [id, readFileSync(`${folder}${id}/README.md`, 'utf8')] as const);
  expect(cards.length).toBeGreaterThan(5);
  for (const [id, card] of cards) {
    const blocks = readMarkdown(card);
    if (card.includes('<!-- generated -->'))
      expect(blocks.filter(({ is }) => is === 'table').length, id).toBeGreaterThan(2);
    for (const block of blocks) {
      if (block.is !== 'paragraph') continue;
      expect(JSON.stringify(block.of), id).not.toMatch(/"text":"(\||#|- |```)/);
    }
  }
});
