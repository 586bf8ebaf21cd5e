import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clean, inkFor, plain, wrap } from '../agents/terminal/ink.js';
import { Page, SECRET } from '../agents/terminal/page.js';
import { askPerson, type Desk } from '../agents/terminal/question.js';
import kuhn from '../envs/kuhn-poker/index.js';
import { markdownLines } from '../src/cli/markdown.js';
import { sheet } from '../src/cli/sheet.js';
import type { Environment } from '../src/core/environment.js';
import { Episode } from '../src/core/episode.js';
import type { Json } from '../src/core/json.js';
import { Observation } from '../src/core/observation.js';
import { stream } from '../src/core/rng.js';
import type { ActionSpace } from '../src/core/space.js';

/** An environment with forms and tools, to be asked about. Only its spec is used. */
const spec = {
  ...kuhn.spec,
  forms: {
    offer: {
      description: 'An offer.',
      schema: z.union([
        z.strictObject({ act: z.literal('accept') }),
        z.strictObject({
          act: z.literal('offer'),
          take: z.strictObject({ books: z.number().int().min(0), hats: z.number().int().min(0) }),
          note: z.string().optional(),
        }),
      ]),
      sample: (): Json => ({ act: 'accept' }),
    },
  },
  tools: {
    calculator: {
      description: 'Works out a sum.',
      args: z.strictObject({ expression: z.string() }),
      sample: () => ({ expression: '1' }),
    },
    move: {
      description: 'Moves.',
      args: z.strictObject({ x: z.number(), y: z.number() }),
      sample: () => ({ x: 0, y: 0 }),
    },
  },
};
const environment: Environment = { ...kuhn, spec };

/** Asks with the lines a person would type, and gives the move and everything that was shown. */
async function ask(space: ActionSpace, ...typed: readonly string[]): Promise<{ move: Json; shown: string }> {
  const lines = [...typed];
  const shown: string[] = [];
  const desk: Desk = {
    ink: plain,
    width: 80,
    write: (written) => shown.push(...written),
    line: async (prompt) => {
      shown.push(prompt);
      const line = lines.shift();
      if (line === undefined) throw new Error(`asked once more than there are lines:\n${shown.join('\n')}`);
      return line;
    },
  };
  const asking = { rng: stream(1, 'test'), attempt: 1, refused: null, budgetMs: null, signal: null, fresh: 0 };
  const request = new Observation(new Episode(environment, { players: 2 }), 0, space, asking);
  const move = await askPerson(desk, environment, request);
  expect(lines).toEqual([]);
  return { move, shown: shown.join('\n') };
}

describe('a question to a person', () => {
  const cards: ActionSpace = {
    kind: 'choice',
    options: [
      { id: 'bet', label: 'bet one chip' },
      { id: 'check', label: 'check' },
    ],
  };

  it.each([
    ['its number', ['2'], 'check'],
    ['its words', ['check'], 'check'],
    ['its label', ['Bet one chip.'], 'bet'],
    ['words after what is not offered', ['3', '0', '', 'fold', 'check'], 'check'],
  ])('takes an option by %s', async (_, typed, move) => {
    expect((await ask(cards, ...typed)).move).toBe(move);
  });

  it('does not number options that are numbers', async () => {
    const bids: ActionSpace = { kind: 'choice', options: ['0', '4', '1'].map((id) => ({ id, label: id })) };
    expect((await ask(bids, '1')).move).toBe('1');
    expect((await ask(bids, '2', '4')).move).toBe('4');
  });

  it('shows the rules at any question', async () => {
    expect((await ask(cards, '?', '1')).shown.replace(/\s+/g, ' ')).toContain('Everybody puts 1 chip in the pot');
  });

  it('takes a line of text, and silence, within its limit', async () => {
    const text: ActionSpace = { kind: 'text', maxChars: 5, purpose: 'Speak.' };
    expect((await ask(text, 'hello')).move).toBe('hello');
    expect((await ask(text, '')).move).toBe('');
    const long = await ask(text, 'too long', '<b>');
    expect(long.move).toBe('<b>');
    expect(long.shown).toContain('at most 5');
  });

  it('takes a form as JSON, explains what is wrong with it, and asks again', async () => {
    const offer: ActionSpace = { kind: 'form', form: 'offer' };
    const { move, shown } = await ask(
      offer,
      '{"act":',
      '{"act":"offer","take":{"books":-1,"hats":0}}',
      '{"act":"accept"}',
    );
    expect(move).toEqual({ act: 'accept' });
    expect(shown).toContain('not JSON');
    expect(shown).toContain('That does not work: offer');
  });

  it('takes a form field by field', async () => {
    const offer: ActionSpace = { kind: 'form', form: 'offer' };
    expect((await ask(offer, '', '2', '1', '0', '')).move).toEqual({ act: 'offer', take: { books: 1, hats: 0 } });
    expect((await ask(offer, '', 'offer', '1', '0', '12')).move).toEqual({
      act: 'offer',
      take: { books: 1, hats: 0 },
      note: '12',
    });
    expect((await ask(offer, '', 'nothing', '1')).move).toEqual({ act: 'accept' });
  });

  it('takes a tool with its arguments, and teaches the right ones', async () => {
    const tools: ActionSpace = { kind: 'tools', tools: ['calculator', 'move'] };
    const called = (name: string, args: Json) => [{ id: 'call_0', name, args }];
    expect((await ask(tools, 'calculator {"expression": "2 + 3"}')).move).toEqual(
      called('calculator', { expression: '2 + 3' }),
    );
    expect((await ask(tools, 'calculator 2 + 3')).move).toEqual(called('calculator', { expression: '2 + 3' }));
    expect((await ask(tools, 'calculator 7')).move).toEqual(called('calculator', { expression: '7' }));
    const wrong = await ask(tools, 'calculate 7', 'move 1 2', 'move {"x": 1}', 'move {"x": 1, "y": 2}');
    expect(wrong.move).toEqual(called('move', { x: 1, y: 2 }));
    expect(wrong.shown.replace(/\s+/g, ' ')).toContain('the tools are: calculator, move');
    expect(wrong.shown).toContain('move: y');
  });
});

describe('a page', () => {
  const events = [
    { to: [0], kind: 'dealt', seat: 0, card: 'K' },
    { to: [1], kind: 'dealt', seat: 1, card: 'Q' },
    { to: 'all', kind: 'acted', seat: 0, action: 'bet' },
  ] as const;
  const pageFor = (viewer: 0 | 'all' | 'public') =>
    new Page({ environment: kuhn, viewer, seats: 2, ink: plain, width: 80 });

  it('tells each reader its own part, and marks secrets for the one who reads all', () => {
    expect(pageFor(0).events(events)).toEqual(['  You are dealt the K.', '  player_0 bets 1.']);
    expect(pageFor('public').events(events)).toEqual(['  player_0 bets 1.']);
    expect(pageFor('all').events(events)[1]).toBe(`${SECRET} player_1 is dealt the Q.`);
  });

  it('shows a badge only to those who were told', () => {
    const badges = (viewer: 0 | 'all' | 'public') => {
      const page = pageFor(viewer);
      page.events(events);
      return [page.badge(0), page.badge(1)];
    };
    expect(badges('all')).toEqual(['K', 'Q']);
    expect(badges(0)).toEqual(['K', undefined]);
    expect(badges('public')).toEqual([undefined, undefined]);
  });

  it('sets speech in columns, without what could rewrite the screen', () => {
    const said = { said: { told: 'everyone', says: 'a speech', look: 'speech' } } as const;
    const talking: Environment = { ...kuhn, spec: { ...kuhn.spec, events: said } };
    const page = new Page({ environment: talking, viewer: 'all', seats: 2, ink: plain, width: 44 });
    const lines = page.events([
      { to: 'all', kind: 'said', seat: 1, text: 'one two three four five six seven \u001b[2J eight' },
    ]);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toMatch(/^ {2}player_1 {2}one two/);
    expect(lines[1]).toMatch(/^ {12}\S/);
    expect(lines.join('')).not.toContain('\u001b');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(44);
  });
});

describe('words on a terminal', () => {
  it('wraps at spaces, cuts what is too long, keeps line breaks', () => {
    expect(wrap('aa bb cc\n  d', 5)).toEqual(['aa bb', 'cc', '  d']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  it('cleans control characters and keeps other scripts', () => {
    expect(clean('a\u0007b\u009bc\r\nd ä 漢')).toBe('a\ufffdb\ufffdc\nd ä 漢');
  });

  it('colours where it may', () => {
    const coloured = (isTTY: boolean, env: NodeJS.ProcessEnv) => inkFor({ isTTY }, env)('red', 'x') !== 'x';
    expect([coloured(true, {}), coloured(false, {})]).toEqual([true, false]);
    expect([coloured(true, { NO_COLOR: '1' }), coloured(false, { FORCE_COLOR: '1' })]).toEqual([false, true]);
    expect([coloured(true, { FORCE_COLOR: '0' }), coloured(true, { NO_COLOR: '' })]).toEqual([false, true]);
  });

  it('fits a sheet into its width, figures to the right', () => {
    const lines = sheet(
      ['name', 'count', 'what'],
      [
        ['a', 5, 'words '.repeat(20).trim()],
        ['b', 12, 'x'],
      ],
      50,
      plain,
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(50);
    expect(lines[1]).toMatch(/^ {2}a {9}5 {2}words/);
    expect(lines.at(-1)).toBe('  b        12  x');
  });

  it('reads the Markdown of a card', () => {
    const text =
      '# Title\n\nA **bold** word and `code`.\n\n| a | b |\n| --- | --- |\n| 1 | x \\| y |\n\n- one\n- two\n\n<!-- gone -->';
    const lines = markdownLines(text, 60, plain);
    const wanted = ['', 'Title', '', '  A bold word and code.', '', '  a  b', '  1  x | y', '', '  - one', '  - two'];
    expect(lines).toEqual(wanted);
  });
});
