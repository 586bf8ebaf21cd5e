import { type Rng, stream } from 'ludus';
import { GAMES } from './dialects.js';
import { Wire } from './wire.js';

/** A seat somebody has, or says to have. */
export interface Claim {
  readonly id: string;
  readonly seat: number;
  readonly token: string;
}

/** Who sends: a player at a table where it is not to move, who would like to be somebody at another. */
export interface Attacker {
  readonly own: Claim;
  /** A seat of a game that others play; the token is not known. */
  readonly other: Omit<Claim, 'token'>;
}

/** Messages under way at a time, on each socket. */
const TOGETHER = 64;
/** One message in so many is larger than a server takes, which ends the connection. */
const OVERSIZED = 500;
const TOO_LARGE = 'x'.repeat(70_000);
const JUNK: readonly unknown[] = [
  null,
  [],
  {},
  '',
  'x',
  7,
  -1,
  1.5,
  true,
  { toString: 'x' },
  { constructor: 1 },
  [[[[]]]],
];
const EVENTS = ['sync', 'update', 'chat', 'pause', 'resume'];

type Message = readonly [event: string, ...args: unknown[]];
type Kind = (rng: Rng, attacker: Attacker) => Message;

/** Everything but what a client sends that is to move. */
const KINDS: readonly Kind[] = [
  (rng) => [rng.pick(EVENTS), ...Array.from({ length: rng.below(6) }, () => rng.pick(JUNK))],
  (rng, { own }) => update({ ...own, args: [rng.pick(JUNK), rng.pick(JUNK)] }),
  (rng, { own }) => update({ ...own, type: rng.pick(['valueOf', '__proto__', 'endTurn', '']) }),
  (rng, { own }) => [rng.pick(EVENTS), own.id, deep(64), own.token],
  (rng, { own }) => update({ ...own, args: [rng.below(9), rng.pick(['a1', 'b2', 'c3'])] }),
  (_, { own, other }) => update({ ...other, token: own.token }),
  (_, { own, other }) => update({ ...own, playerID: `${1 - own.seat}`, id: other.id }),
  (_, { own, other }) => ['sync', other.id, `${other.seat}`, own.token],
  (_, { own, other }) => ['chat', other.id, { id: 'x', sender: `${other.seat}`, payload: 'me' }, own.token],
  (_, { other, own }) => ['pause', other.id, `${other.seat}`, own.token],
  (rng) => ['sync', `unknown-${rng.below(1e6)}`, '0', 'no-token-at-all'],
];

/** How often each reason was given; connections that ended because of too large a message under `closed`. */
export type Reasons = { [reason: string]: number };

/** Sends bad messages, and waits until each has been refused. */
export async function flood(
  url: string,
  attacker: Attacker,
  count: number,
  game = GAMES.short,
): Promise<{ readonly sent: number; readonly reasons: Reasons }> {
  const rng = stream('flood', attacker.own.id);
  const reasons: Reasons = {};
  const note = (reason: string): void => {
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  };
  let sent = 0;
  while (sent < count) {
    const wire = await Wire.open(url, game);
    let answered = 0;
    let mine = 0;
    wire.heard = (event) => {
      const [name, refusal] = JSON.parse(event) as [string, { error: string }];
      if (name !== 'refused') return;
      answered++;
      note(refusal.error);
    };
    while (sent < count && mine < OVERSIZED) {
      for (let at = 0; at < TOGETHER && sent < count; at++, sent++, mine++)
        wire.send(...rng.pick(KINDS)(rng, attacker));
      await until(() => answered === mine || wire.closed);
    }
    if (sent < count) {
      wire.send('chat', attacker.own.id, { id: 'x', sender: '0', payload: TOO_LARGE }, attacker.own.token);
      sent++;
      await until(() => wire.closed);
      note('closed');
    }
    wire.close();
  }
  return { sent, reasons };
}

function update({
  id,
  seat,
  token,
  type = 'act',
  args = [1, 'a1'],
  playerID = `${seat}`,
}: Claim & { readonly type?: string; readonly args?: readonly unknown[]; readonly playerID?: string }): Message {
  const payload = { type, args, playerID, credentials: token };
  return ['update', { type: 'MAKE_MOVE', payload }, 0, id, `${seat}`];
}

function deep(depth: number): unknown {
  let value: unknown = 0;
  for (let at = 0; at < depth; at++) value = [value];
  return value;
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 1));
}
