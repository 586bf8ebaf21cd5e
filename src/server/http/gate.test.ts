import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { Gate, type GatePlan } from './gate.js';

/** A request as far as the gate looks at one. */
function request(headers: { readonly [name: string]: string }, remoteAddress = '10.0.0.1'): IncomingMessage {
  return { headers: { host: 'localhost:8000', ...headers }, socket: { remoteAddress } } as unknown as IncomingMessage;
}

function gate(plan: Partial<GatePlan> = {}): Gate {
  const rate = { burst: 3, perSecond: 1 };
  return new Gate({ origins: [], loopback: true, trustProxy: false, rate, connectionsPerAddress: 2, ...plan });
}

describe('a gate', () => {
  test('lets an address ask as often as it may, whatever others ask', () => {
    let now = 0;
    const one = gate({ clock: () => now });
    for (let count = 0; count < 3; count++) one.enter(request({}));
    expect(() => one.enter(request({}))).toThrow('too many requests');
    one.enter(request({}, '10.0.0.2'));
    now = 1000;
    one.enter(request({}));
    expect(() => one.enter(request({}))).toThrow('too many requests');
  });

  test('believes a proxy only when it was told of one, and only its own word', () => {
    const forged = { 'x-forwarded-for': '1.1.1.1, 2.2.2.2' };
    expect(gate().addressOf(request(forged))).toBe('10.0.0.1');
    expect(gate({ trustProxy: true }).addressOf(request(forged))).toBe('2.2.2.2');
    expect(gate({ trustProxy: true }).addressOf(request({}))).toBe('10.0.0.1');
  });

  test.each([
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:db8:1:2::9', '2001:db8:1:2::'],
    ['2001:db8::9', '2001:db8:0:0::'],
    ['::1', '0:0:0:0::'],
  ])('counts %s as %s', (address, counted) => {
    expect(gate().addressOf(request({}, address))).toBe(counted);
  });

  test.each([
    ['localhost:8000', true],
    ['127.0.0.1:8000', true],
    ['[::1]:8000', true],
    ['games.example', true],
    ['evil.example', false],
    ['localhost.evil.example', false],
    ['', false],
  ])('of this machine alone answers to the name %j: %s', (host, answers) => {
    const enter = () => gate({ origins: ['https://games.example'] }).enter(request({ host }));
    if (answers) expect(enter()).toBe('10.0.0.1');
    else expect(enter).toThrow('does not answer');
  });

  test('on the open answers to any name', () => {
    expect(gate({ loopback: false }).enter(request({ host: 'games.example' }))).toBe('10.0.0.1');
  });

  test.each([
    ['no origin, as programs send', undefined, true],
    ['its own', 'http://localhost:8000', true],
    ['one that the operator named', 'https://games.example', true],
    ["another port's", 'http://localhost:9000', false],
    ["a stranger's", 'https://evil.example', false],
    ['one that is none', 'null', false],
  ])('takes %s', (_what, origin, taken) => {
    const ask = () =>
      gate({ origins: ['https://games.example'] }).refuseStrangers(request(origin === undefined ? {} : { origin }));
    if (taken) ask();
    else expect(ask).toThrow('another place');
  });

  test('holds no more connections of an address than it may, and forgets those that closed', () => {
    const one = gate({ rate: { burst: 100, perSecond: 1 } });
    const open = (address?: string) => {
      one.connect(request({}, address));
      return one.opened(one.addressOf(request({}, address)));
    };
    const close = open();
    open();
    expect(() => open()).toThrow('too many connections');
    open('10.0.0.2');
    close();
    open();
    expect(() => one.connect(request({ origin: 'https://evil.example' }))).toThrow('another place');
  });
});
