import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cardTables, markdownTable } from '../src/core/card.js';
import { Catalogue } from '../src/core/catalogue.js';
import { environment } from '../src/core/environment.js';
import { currentCard } from '../src/laws/card-file.js';
import { hiddenCoin } from './hidden-coin.js';

const catalogue = new Catalogue();
const everything = await catalogue.all();

describe.each(everything.map((one) => [one.spec.id, one] as const))('the card of %s', (id, one) => {
  it('is current (npm run cards writes it)', () => {
    const card = readFileSync(join(catalogue.entry(id).folder, 'README.md'), 'utf8');
    expect(card).toBe(currentCard(one, card));
  });
});

describe('a table', () => {
  it('lines up its columns and keeps bars and line ends inside their cells', () => {
    expect(
      markdownTable([
        ['name', 'n'],
        ['a|b', '1\n2'],
      ]),
    ).toBe('| name | n   |\n| ---- | --- |\n| a\\|b | 1 2 |');
  });
});

describe('the generated part', () => {
  const weights = z
    .strictObject({ right: z.number().default(1) })
    .prefault({})
    .describe('what counts');
  const config = z.strictObject({ stake: z.number().int().min(1).max(3).default(2).describe('chips'), weights });
  const presets = { high: { says: 'the most', config: { stake: 3 } } };
  const game = environment({ ...hiddenCoin, spec: { ...hiddenCoin.spec, config, presets } });

  it('holds facts of every configuration, rewards, events with who was told, nested fields and presets', () => {
    const tables = cardTables(game, { tossed: ['one seat'] });
    for (const row of [
      /^\| default +\| 2 +\| imperfect +\| listed +\| no +\| sequential +\| zero-sum, -1 to 1 +\| 6 steps +\|$/m,
      /^\| high +\| 2 +\|/m,
      /^\| right +\| 1 +\| end +\| 1 for a right guess/m,
      /^\| tossed +\| seat 0 +\| one seat +\| how the coin fell +\|$/m,
      /^\| looked +\| seat 0 +\| not met +\|/m,
      /^\| stake +\| integer from 1 to 3 +\| 2 +\| chips +\|$/m,
      /^\| weights\.right +\| number +\| 1 +\| what counts +\|$/m,
      /^\| high +\| the most +\| \{"stake":3\} +\|$/m,
    ]) {
      expect(tables).toMatch(row);
    }
  });

  it('replaces what stands between the marks and nothing else', () => {
    const card = '# Title\n\n<!-- generated -->\nstale words\n<!-- /generated -->\n\nafter\n';
    const current = currentCard(game, card);
    expect(current).not.toContain('stale words');
    expect(current).toMatch(/^# Title\n\n<!-- generated -->\n\n### Facts\n/);
    expect(current).toMatch(/\n\n<!-- \/generated -->\n\nafter\n$/);
    expect(currentCard(game, current)).toBe(current);
  });

  it('is refused a card without the marks', () => {
    expect(() => currentCard(game, '# Title\n')).toThrow(/<!-- generated -->/);
  });
});
