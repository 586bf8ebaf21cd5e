import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableView } from '../../src/server/wire/wire.js';
import { TableClient } from '../../web/client.js';

/** A wire of which every frame is decided here: frames that a sound server sends only when something was lost. */
let http: HttpServer;
let io: Server;
let client: TableClient;
let synced: unknown[][];
let wire: { emit(name: string, ...frame: unknown[]): void };

const MATCH = 'match-0';

function stateAt(tick: number, more: Partial<TableView> = {}) {
  const asked = { space: { kind: 'choice', options: [] }, how: '', refused: null, leftMs: null, paused: false };
  return {
    G: { tick, said: [], asked, over: null, ...more },
    ctx: {},
    plugins: {},
    _undo: [],
    _redo: [],
    _stateID: tick,
  };
}

beforeEach(async () => {
  http = createServer();
  io = new Server(http);
  synced = [];
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  io.of('/game').on('connection', (socket) => {
    wire = socket;
    socket.on('sync', (...message: unknown[]) => {
      synced.push(message);
      socket.emit('sync', MATCH, { state: stateAt(10 * synced.length), filteredMetadata: [] });
    });
  });
  const { port } = http.address() as AddressInfo;
  const seated = { playerID: '1', credentials: 'a-secret' };
  client = new TableClient({ game: 'game', matchID: MATCH, seated, server: `http://127.0.0.1:${port}` });
  await tick(10);
});
afterEach(async () => {
  client.close();
  await io.close();
});

function tick(wanted: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (client.snapshot().view?.tick !== wanted) return;
      stop();
      resolve();
    };
    const stop = client.subscribe(look);
    look();
  });
}

const forward = (from: number, path = '/G/tick') => [
  MATCH,
  from,
  from + 1,
  [{ op: 'replace', path, value: from + 1 }],
  [],
];

describe('a client of a table', () => {
  it('asks with its seat and what proves it', () => expect(synced).toEqual([[MATCH, '1', 'a-secret']]));

  it('follows patches without asking for the whole again', async () => {
    const [, from, to, [step]] = forward(10) as [string, number, number, unknown[]];
    wire.emit('patch', MATCH, from, to, [step, { op: 'replace', path: '/_stateID', value: 11 }], []);
    await tick(11);
    wire.emit('patch', ...forward(11));
    await tick(12);
    expect(synced).toHaveLength(1);
  });

  it('asks for the whole again when a patch is for another state', async () => {
    wire.emit('patch', ...forward(14));
    await tick(20);
    expect(synced).toHaveLength(2);
  });

  it('asks for the whole again when a patch does not fit', async () => {
    wire.emit('patch', ...forward(10, '/G/nowhere/below'));
    await tick(20);
    expect(synced).toHaveLength(2);
  });

  it('takes no notice of other matches', async () => {
    wire.emit('sync', 'match-1', { state: stateAt(99), filteredMetadata: [] });
    wire.emit('patch', ...forward(14));
    await tick(20);
    expect(client.snapshot().view?.tick).toBe(20);
  });

  it('holds a move as on its way until the table shows it, whatever else changes the connection', async () => {
    client.act('a1');
    expect(client.snapshot().pending).toBe('a1');
    client.act('a2');
    expect(client.snapshot().pending).toBe('a1');
    wire.emit('patch', ...forward(10));
    await tick(11);
    expect(client.snapshot().pending).toBe('a1');
    wire.emit('sync', MATCH, { state: stateAt(12, { asked: null, moved: true }), filteredMetadata: [] });
    await tick(12);
    expect(client.snapshot()).toMatchObject({ pending: null, refusal: null, view: { moved: true } });
  });
});
