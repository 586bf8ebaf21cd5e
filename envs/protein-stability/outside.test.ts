import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../src/core/json.js';
import { answer, scoreIn } from './outside.js';

const REQUEST = { ask: 'ddg', sequence: 'MK', structure: 'END', mutations: ['0A', '1A', '2A'] };

/** A service that answers every request alike and keeps what it was asked. */
async function service(status: number, body: string): Promise<{ server: Server; url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += part.toString();
    });
    request.on('end', () => {
      asked.push(text);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/score?key=secret`, asked };
}

async function askedOf(status: number, body: string): Promise<{ told: Json; asked: string[] }> {
  const { server, url, asked } = await service(status, body);
  process.env.LUDUS_DDG_URL = url;
  const told = await answer(REQUEST, new AbortController().signal);
  await new Promise((resolve) => server.close(resolve));
  return { told, asked };
}

describe('the service that LUDUS_DDG_URL names', () => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env.LUDUS_DDG_URL;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.LUDUS_DDG_URL;
    else process.env.LUDUS_DDG_URL = before;
  });

  it('is sent the request and gives a number', async () => {
    const { told, asked } = await askedOf(200, '{"ddg": -3.5}');
    expect(told).toEqual({ ddg: -3.5 });
    expect(asked.map((text) => JSON.parse(text) as Json)).toEqual([REQUEST]);
  });

  const failures: readonly [what: string, status: number, body: string, says: RegExp][] = [
    ['a status', 503, '{"ddg": -3.5}', /status 503/],
    ['no JSON', 200, 'ddg = -3.5', /no number/],
    ['a text', 200, '{"ddg": "-3.5"}', /no number/],
    ['no object', 200, '[-3.5]', /no number/],
  ];
  it.each(failures)('fails with %s, without a word of its address', async (_, status, body, says) => {
    const { told } = await askedOf(status, body);
    expect(told).toEqual({ error: expect.stringMatching(says) });
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  it('fails where it is not there, or not named', async () => {
    const { server, url } = await service(200, '{}');
    await new Promise((resolve) => server.close(resolve));
    process.env.LUDUS_DDG_URL = url;
    expect(await answer(REQUEST, new AbortController().signal)).toEqual({ error: 'the service could not be reached' });
    delete process.env.LUDUS_DDG_URL;
    expect(await answer(REQUEST, new AbortController().signal)).toEqual({ error: 'LUDUS_DDG_URL names no service' });
  });
});

it('a score is a number and nothing else', () => {
  expect(scoreIn({ ddg: -1 })).toBe(-1);
  for (const told of [{ ddg: '1' }, {}, null, [], 'low', { ddg: -1, error: 'late' }])
    expect(scoreIn(told)).toHaveProperty('error');
});
