import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Post } from '../../src/llm/http/post.js';
import * as does from './behaviours.js';
import { startModelServer } from './server.js';

const cleanup: (() => unknown)[] = [];

afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

function letter(origin: string) {
  return {
    url: new URL(`${origin}/v1/chat/completions`),
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{}'),
  };
}

function posting(): Post {
  const post = new Post({ patience: { attempts: 1 } });
  cleanup.push(() => post.close());
  return post;
}

async function serving() {
  const server = await startModelServer(() => does.says('{}'));
  cleanup.push(() => server.close());
  return server;
}

describe('connections', () => {
  it('are as many as calls at once, and are kept for the calls that follow', async () => {
    const server = await serving();
    const post = posting();
    for (let wave = 0; wave < 3; wave++)
      await Promise.all(Array.from({ length: 4 }, () => post.send(letter(server.origin), null)));
    expect(server.received).toHaveLength(12);
    expect(server.connections).toBe(4);
  });

  it('that broke are made anew', async () => {
    const server = await serving();
    const post = posting();
    server.play([does.drops(), does.says('{}')]);
    await expect(post.send(letter(server.origin), null)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await post.send(letter(server.origin), null)).toEqual({ status: 200, text: '{}' });
    expect(server.connections).toBe(2);
  });

  it('that are never made hold nobody up who no longer waits', async () => {
    const sockets: Socket[] = [];
    // NOTE: a server that takes the connection but never answers TLS.
    const mute = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    cleanup.push(() => {
      for (const socket of sockets) socket.destroy();
      mute.close();
    });
    const stop = new AbortController();
    const sent = posting().send(letter(`https://127.0.0.1:${(mute.address() as AddressInfo).port}`), stop.signal);
    await once(mute, 'connection');
    stop.abort(new Error('enough'));
    await expect(sent).rejects.toThrow('enough');
  });

  it('read a reply in parts, and one with a byte order mark', async () => {
    const server = await serving();
    const post = posting();
    server.play([
      (response) => {
        response.write(Buffer.from('"caf\u00e9"').subarray(0, 5), () => {
          response.end(Buffer.from('"caf\u00e9"').subarray(5));
        });
      },
      does.says('\ufeff"x"'),
    ]);
    expect((await post.send(letter(server.origin), null)).text).toBe('"caf\u00e9"');
    expect((await post.send(letter(server.origin), null)).text).toBe('"x"');
  });
});
