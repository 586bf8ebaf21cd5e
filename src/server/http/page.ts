import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Handler } from 'hono';
import type { Visit } from './visit.js';

const TYPES: { readonly [ending: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const PACKED = /^text\/|json|svg/;
/** NOTE: the build puts a hash of its content into the name of everything here. */
const HASHED = /^\/assets\//;
const ENTRY = '/index.html';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Ludus: the page is not built</title>
<h1>The page is not built</h1>
<p>The server runs, and programs can play on it, but its page is not there. In a clone of Ludus, build it with
<code>npm run build</code> and start the server again.</p>
</html>
`;

interface Asset {
  readonly type: string;
  readonly etag: string;
  readonly cache: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly packed: Uint8Array<ArrayBuffer> | null;
}

/** Where the build puts the page: beside the built code, or in `dist` of a clone. */
export function pageFolder(): string {
  const here = fileURLToPath(import.meta.url);
  return fileURLToPath(new URL(extname(here) === '.ts' ? '../../../dist/web' : '../../../web', import.meta.url));
}

/**
 * The built page, read once: what is asked for by name is looked up among what is there, so that no name leads outside.
 * Any other address that a reader could have typed is the page itself.
 */
export function page(folder: string): Handler<Visit> {
  const assets = existsSync(join(folder, ENTRY)) ? read(folder) : new Map<string, Asset>();
  return (c) => {
    const { path } = c.req;
    const asset = assets.get(path) ?? (extname(path) === '' ? assets.get(ENTRY) : undefined);
    if (asset !== undefined) return send(asset, c.req.header('if-none-match'), c.req.header('accept-encoding'));
    if (assets.size === 0 && extname(path) === '') return c.html(NOT_BUILT, 503);
    return c.text('There is nothing here.', 404);
  };
}

function read(folder: string): Map<string, Asset> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.map(({ parentPath, name }) => {
      const path = join(parentPath, name).slice(folder.length).replaceAll('\\', '/');
      const at = path.startsWith('/') ? path : `/${path}`;
      return [at, assetOf(at, new Uint8Array(readFileSync(join(parentPath, name))))];
    }),
  );
}

function assetOf(path: string, bytes: Uint8Array<ArrayBuffer>): Asset {
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  return {
    type,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    cache: HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    bytes,
    packed: PACKED.test(type) ? new Uint8Array(gzipSync(bytes)) : null,
  };
}

function send({ type, etag, cache, bytes, packed }: Asset, known: string | undefined, takes = ''): Response {
  const headers = { etag, 'cache-control': cache, ...(packed === null ? {} : { vary: 'accept-encoding' }) };
  if (known === etag) return new Response(null, { status: 304, headers });
  if (packed === null || !/\bgzip\b/.test(takes))
    return new Response(bytes, { headers: { ...headers, 'content-type': type } });
  return new Response(packed, { headers: { ...headers, 'content-type': type, 'content-encoding': 'gzip' } });
}
