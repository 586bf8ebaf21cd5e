import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page } from './page.js';
import type { Visit } from './visit.js';

let home: string;
let site: Hono<Visit>;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ludus-page-'));
  mkdirSync(join(home, 'web/assets'), { recursive: true });
  writeFileSync(join(home, 'secret.txt'), 'secret');
  writeFileSync(join(home, 'web/index.html'), '<!doctype html><title>Ludus</title>');
  writeFileSync(join(home, 'web/assets/main-abc.js'), 'export {};');
  writeFileSync(join(home, 'web/mark.png'), new Uint8Array([1, 2, 3]));
  site = new Hono<Visit>().get('*', page(join(home, 'web')));
});
afterAll(() => rmSync(home, { recursive: true }));

describe('the built page', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['/somewhere/within', 'text/html; charset=utf-8', 'no-cache'],
    ['/assets/main-abc.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/mark.png', 'image/png', 'no-cache'],
  ])('answers %s as %s, kept as %s', async (path, type, cache) => {
    const answer = await site.request(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('cache-control')).toBe(cache);
  });

  test.each([
    '/assets/gone.js',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
  ])('has nothing at %s', async (path) => {
    const answer = await site.request(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('secret');
  });

  test('is not sent again to who has it, and packed to who can unpack it', async () => {
    const plain = await site.request('/assets/main-abc.js');
    const etag = plain.headers.get('etag') ?? '';
    expect((await site.request('/assets/main-abc.js', { headers: { 'if-none-match': etag } })).status).toBe(304);
    const packed = await site.request('/assets/main-abc.js', { headers: { 'accept-encoding': 'br, gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(await packed.arrayBuffer()).toString()).toBe(await plain.text());
  });

  test('says so where it was not built', async () => {
    const bare = new Hono<Visit>().get('*', page(join(home, 'nothing')));
    const answer = await bare.request('/');
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build');
    expect((await bare.request('/assets/x.js')).status).toBe(404);
  });
});
