import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import { Episode } from '../../src/core/episode.js';
import { hashOf } from '../../src/core/json.js';
import { randomEpisode } from '../../src/laws/history.js';
import * as does from '../../test/model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../../test/model-server/server.js';
import literature from './index.js';
import { paperOf } from './outside/file.js';
import { readPdf } from './outside/pdf.js';
import { answer, complete, gather, played, search } from './playing.testing.js';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const undo of cleanup.splice(0)) await undo();
});

const bytes = (text: string) => new TextEncoder().encode(text);

/** A PDF of one page with these lines, written by hand after the specification. SEE: ISO 32000-1, 7.5 and 9.4. */
function pdf(lines: readonly string[], title: string): Uint8Array {
  const page = lines.map((line, at) => `BT /F1 12 Tf 72 ${700 - 16 * at} Td (${line}) Tj ET`).join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Title (${title}) /Author (Ek; Dal) >>`,
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return String(place).padStart(10, '0');
  });
  const table = places.map((place) => `${place} 00000 n \n`).join('');
  const tail = `trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return bytes(`${text}xref\n0 7\n0000000000 65535 f \n${table}${tail}`);
}

function folderOf(files: { readonly [name: string]: string | Uint8Array }): string {
  const folder = mkdtempSync(join(tmpdir(), 'ludus-papers-'));
  cleanup.push(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  vi.stubEnv('LUDUS_PAPERS', folder);
  return folder;
}

async function modelServer(): Promise<ModelServer> {
  const server = await startModelServer();
  cleanup.push(() => server.close());
  vi.stubEnv('LUDUS_MODEL_URL', `${server.origin}/v1`);
  vi.stubEnv('LUDUS_MODEL_KEY', 'secret-key');
  return server;
}

const QUESTION = { question: 'What blocked OKT12?', ideal: 'velorin', distractors: ['tarsol'] };
const FILES = {
  'dal_2010.md': '# Drugs *against* channels\n\nVelorin blocked OKT12. See [the map](http://a.b).',
  'berg.txt': '---\ntitle: "Channels"\nauthors: Berg; Dal\nyear: 2001\n---\nThe channel is OKT12.',
  'notes.csv': 'velorin,OKT12',
};

// NOTE: the laws play the configurations of the card, none of which reaches outside.
describe('random play with invented answers', () => {
  it.each([
    ['of a folder', { given: QUESTION }],
    ['of a folder sorted by meaning and read by a model', { given: QUESTION, model: 'm', embeddings: 'e' }],
    ['of models', { split: 'val', task: 3, model: 'm', embeddings: 'e' }],
  ])('%s ends within the horizon, and the same way each time', (_, set) => {
    const config = readConfig(literature.spec, { set });
    for (let seed = 0; seed < 25; seed++) {
      const { episode } = randomEpisode(literature, config, seed);
      expect(episode.turn.kind).toBe('over');
      expect(episode.steps).toBeLessThanOrEqual(literature.spec.facts(config).horizon);
      expect(randomEpisode(literature, config, seed).episode.log).toEqual(episode.log);
    }
  });
});

describe('a file as a paper', () => {
  it('in plain text tells of itself in its head', async () => {
    expect(await paperOf('berg.txt', bytes(FILES['berg.txt']))).toEqual({
      key: 'berg.txt',
      title: 'Channels',
      authors: ['Berg', 'Dal'],
      year: 2001,
      text: 'The channel is OKT12.',
    });
  });

  it('in Markdown loses its marks; the title is its first line, the year stands in its name', async () => {
    const paper = await paperOf('a b/dal_2010.md', bytes(FILES['dal_2010.md']));
    expect(paper).toMatchObject({ key: 'a-b/dal_2010.md', title: 'Drugs against channels', authors: [], year: 2010 });
    expect(paper.text).toContain('See the map.');
  });

  it('in PDF is read line by line, cut words joined, with its own title and authors', async () => {
    const file = pdf(['Velorin blocked the chan-', 'nel OKT12 in all', 'strains.'], 'Drugs for OKT12');
    expect(await readPdf(Uint8Array.from(file))).toMatchObject({ title: 'Drugs for OKT12', author: 'Ek; Dal' });
    const paper = await paperOf('x.PDF', file);
    expect(paper).toMatchObject({ key: 'x.PDF', title: 'Drugs for OKT12', authors: ['Ek', 'Dal'], year: null });
    expect(paper.text).toBe('Velorin blocked the channel OKT12 in all\nstrains.');
  });
});

describe('questions on the papers of a folder', () => {
  const steps = [[search('OKT12'), gather('OKT12 blocked')], [answer], [complete('velorin')]] as const;

  it('find and quote them, and tell of files that cannot be read', async () => {
    folderOf({ ...FILES, 'broken.pdf': 'no pdf', 'ek.pdf': pdf(['OKT12 is large.'], 'On size') });
    const { texts, reward } = await played({ given: QUESTION }, steps);
    expect(texts[0]).toContain('[berg.txt] Channels (Berg and Dal, 2001)');
    expect(texts[0]).toContain('[ek.pdf] On size (Ek and Dal)');
    expect(texts[0]).toMatch(/1 files could not be read, the first being broken\.pdf: /);
    expect(texts[1]).toContain(
      '[dal_2010.md] "Drugs against channels" (2010)\n- Drugs against channels Velorin blocked OKT12.',
    );
    expect(texts[2]).toContain('Velorin blocked OKT12. [dal_2010.md]');
    expect(reward).toBe(1);
  });

  it('are asked of the folder together where calls stand side by side', async () => {
    folderOf(FILES);
    const { moves } = await played({ given: QUESTION }, [[search('OKT12'), search('velorin'), gather('OKT12')]]);
    expect(moves.flatMap((step) => ('answers' in step ? [step.answers.length] : []))).toEqual([2, 1]);
  });

  it('are played again from what was answered, without the files', async () => {
    folderOf(FILES);
    const first = await played({ given: QUESTION }, steps);
    vi.unstubAllEnvs();
    const again = new Episode(literature, readConfig(literature.spec, { set: { given: QUESTION } }));
    for (const step of first.moves) again.apply(step);
    expect(hashOf(again.state)).toBe(hashOf(first.episode.state));
    expect(again.log).toEqual(first.episode.log);
  });

  it('see a file that has changed', async () => {
    const folder = folderOf(FILES);
    await played({ given: QUESTION }, [[search('OKT12')]]);
    writeFileSync(join(folder, 'new.txt'), 'Nerifane spares OKT12.');
    utimesSync(join(folder, 'new.txt'), 1, 1);
    expect((await played({ given: QUESTION }, [[search('nerifane')]])).texts[0]).toContain('[new.txt]');
  });

  it.each([
    ['no folder is named', '', /name their folder in LUDUS_PAPERS/],
    ['it is not there', '/nowhere/at/all', /LUDUS_PAPERS names cannot be read: ENOENT/],
  ])('fail with a reason where %s', async (_, folder, reason) => {
    vi.stubEnv('LUDUS_PAPERS', folder);
    const { texts } = await played({ given: QUESTION }, [[search('OKT12')]]);
    expect(texts[0]).toMatch(/^Error: the search failed: /);
    expect(texts[0]).toMatch(reason);
  });

  it('fail with a reason where the folder holds no paper', async () => {
    folderOf({ 'notes.csv': 'a' });
    expect((await played({ given: QUESTION }, [[search('OKT12')]])).texts[0]).toMatch(
      /holds no \.txt, \.md, \.pdf file/,
    );
  });
});

const PAPERS = [
  { key: 'berg2001', title: 'Channels', authors: ['Berg'], year: 2001, text: 'The channel is OKT12.' },
  { key: 'dal2010', title: 'Drugs', authors: ['Dal'], year: 2010, text: 'Velorin blocked OKT12.' },
];

describe('a chat model', () => {
  const set = { given: { ...QUESTION, papers: PAPERS }, model: 'small' };
  const reply = (text: string) => does.answers({ text, usage: { prompt: 30, completion: 12 } });

  it('sums up evidence and writes the answer, and its tokens are told', async () => {
    const server = await modelServer();
    server.play([reply('2: Velorin blocked the channel.\n9: nothing'), reply('It is velorin [dal2010].')]);
    const steps = [[search('OKT12')], [gather('What blocked OKT12?')], [answer], [complete(null)]];
    const { texts, reward } = await played(set, steps);
    expect(texts[1]).toMatch(/^\[\w+\] "\w+" \(\w+, \d+\)\n- Velorin blocked the channel\.\nStatus: /);
    expect(texts[1]).toContain('Relevant Papers=1 | Current Evidence=1 | Current Cost=42 tokens');
    expect(texts[2]).toBe(
      'It is velorin [dal2010].\nStatus: Paper Count=2 | Relevant Papers=1 | Current Evidence=1 | Current Cost=84 tokens',
    );
    expect(reward).toBe(1);
    const [first, second] = server.received;
    expect(first?.body).toMatchObject({ model: 'small', temperature: 0 });
    expect(first?.headers.authorization).toBe('Bearer secret-key');
    expect(first?.raw).toContain('Question: What blocked OKT12?');
    expect(second?.raw).toContain(') velorin');
    expect(second?.raw).toContain('Velorin blocked the channel.');
  });

  it('reads the folder too', async () => {
    folderOf(FILES);
    const server = await modelServer();
    server.play([reply('1. : Velorin did.')]);
    const { texts } = await played({ given: QUESTION, model: 'small' }, [[search('blocked')], [gather('blocked')]]);
    expect(texts[1]).toContain('[dal_2010.md] "Drugs against channels" (2010)\n- Velorin did.');
  });

  it.each([
    ['refuses', [does.fails(401, 'bad secret-key')], /status 401/],
    ['speaks another form', [does.says('{"choices":[]}')], /another form/],
    ['sends half a body', [does.halves('x')], /another form/],
    ['hangs up', [does.drops()], /cannot be reached/],
  ] as const)('that %s costs the call and nothing else', async (_, script, reason) => {
    const server = await modelServer();
    server.play(script);
    const { texts, episode } = await played(set, [[search('OKT12')], [gather('OKT12')]]);
    expect(texts[1]).toMatch(/^Error: the papers could not be read: /);
    expect(texts[1]).toMatch(reason);
    expect(JSON.stringify([episode.log, episode.state])).not.toContain('secret-key');
  });

  it('without a server is an error that says what to set', async () => {
    vi.stubEnv('LUDUS_MODEL_URL', '');
    const { texts } = await played(set, [[search('OKT12')], [gather('OKT12')]]);
    expect(texts[1]).toContain('name its server in LUDUS_MODEL_URL');
  });
});

/** A server of embeddings: a text's vector is how often it says velorin, and how often channel. */
async function embeddings(answered: (vectors: number[][]) => unknown): Promise<void> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { input } = JSON.parse(body) as { input: string[] };
    const count = (text: string, word: string) => text.toLowerCase().split(word).length - 1;
    const vectors = input.map((text) => [count(text, 'velorin') + 0.1, count(text, 'channel') + 0.1]);
    response.end(JSON.stringify(answered(vectors)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.push(() => server.close());
  vi.stubEnv('LUDUS_MODEL_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`);
}

describe('an embeddings model', () => {
  const set = { given: { ...QUESTION, papers: PAPERS }, embeddings: 'tiny' };
  const sent = (vectors: number[][]) => ({
    data: vectors.map((embedding, index) => ({ index, embedding })).reverse(),
    usage: { total_tokens: 9 },
  });
  const order = (text: string | undefined) => [...(text ?? '').matchAll(/^\[(\S+)\]/gm)].map(([, key]) => key);

  it('sorts what the words find by meaning', async () => {
    await embeddings(sent);
    const { texts } = await played(set, [[search('OKT12 velorin'), search('OKT12 channel')]]);
    expect(texts.map(order)).toEqual([
      ['dal2010', 'berg2001'],
      ['berg2001', 'dal2010'],
    ]);
    expect(texts[1]).toContain('Current Cost=18 tokens');
  });

  it('sorts those of the folder', async () => {
    folderOf(FILES);
    await embeddings(sent);
    const { texts } = await played({ given: QUESTION, embeddings: 'tiny' }, [
      [search('OKT12 channel'), search('OKT12 velorin')],
    ]);
    expect(texts.map(order)).toEqual([
      ['berg.txt', 'dal_2010.md'],
      ['dal_2010.md', 'berg.txt'],
    ]);
  });

  it('that leaves a text out is an error', async () => {
    await embeddings((vectors) => ({ data: vectors.slice(1).map((embedding, index) => ({ index, embedding })) }));
    const { texts } = await played(set, [[search('OKT12')]]);
    expect(texts[0]).toMatch(/^Error: the search failed: .*no vector of the right length/);
  });
});
