import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tournamentRequest } from '../../src/arena/tournament/request.js';
import { ludusIn } from '../command-line.js';

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/arena.md', import.meta.url)), 'utf8');
const block = (kind: string): string => PAGE.split(`\`\`\`${kind}\n`)[1]?.split('```')[0] ?? '';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ludus-arena-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('docs/arena.md', () => {
  it('shows a plan that is one', () => {
    expect(tournamentRequest.parse(JSON.parse(block('json')))).toMatchObject({ design: 'blocks', blocks: 100 });
  });

  it('shows commands that rank a scripted player over a random one', async () => {
    const [play = '', rate = ''] = block('sh').trim().split('\n');
    const played = await ludusIn(home, play.replace(/^ludus /, ''));
    expect(played.code, played.err).toBe(0);
    expect(played.out).toMatch(/1 +scripted \* +40[^\n]*\n +2 +random \* +40/);
    const rated = await ludusIn(home, rate.replace(/^ludus /, ''));
    expect(rated.code, rated.err).toBe(0);
    for (const title of ['Ratings', 'What a side is worth', 'Score of the row', 'Differences in the same deals'])
      expect(rated.out).toContain(title);
  });
});

describe('what cannot be followed', () => {
  it.each([
    ['ratings', 'name the folder of a tournament or records, or two win rates with --plan'],
    ['tournament kuhn-poker --agents random --side x', '--side takes a name and its roles'],
  ])('%s', async (line, message) => {
    const { code, err } = await ludusIn(home, line);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
