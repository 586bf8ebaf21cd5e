import type { Seat } from '../../core/environment.js';
import { messageOf, UserError } from '../../core/errors.js';
import type { Match } from '../lobby/wire.js';

/** A match on a server, as a link to it says. */
export interface MatchAddress {
  /** The server: `http://localhost:8000`. */
  readonly server: string;
  readonly game: string;
  readonly match: string;
}

/** A seat and its key. */
export interface SeatKey {
  readonly seat: Seat;
  readonly token: string;
}

/** Reads the link that the page shows for a match; `<server>/<game>/<match>` will do. @throws UserError */
export function readAddress(text: string): MatchAddress {
  const wrong = `"${text}" is no link to a match; it looks like http://localhost:8000/#/table/<game>/<match>`;
  if (!URL.canParse(text)) throw new UserError(wrong);
  const { origin, protocol, pathname, hash } = new URL(text);
  const path = (hash === '' ? pathname : hash).replace(/^#/, '').replace(/\?.*$/s, '');
  const [match, game] = path.split('/').filter(Boolean).map(decodeURIComponent).reverse();
  if (!/^https?:$/.test(protocol) || match === undefined || game === undefined) throw new UserError(wrong);
  return { server: origin, game, match };
}

/** @throws UserError when there is no such match, or no such server */
export async function fetchMatch(address: MatchAddress): Promise<Match> {
  return (await ask(address, '')) as Match;
}

/**
 * Sits down, or goes on in the seat that a token opens.
 * @throws UserError when the seat is taken
 */
export async function joinMatch(
  address: MatchAddress,
  playerName: string,
  seat: Seat | undefined,
  token: string | undefined,
): Promise<SeatKey> {
  const body = {
    playerName,
    ...(seat === undefined ? {} : { playerID: String(seat) }),
    ...(token === undefined ? {} : { credentials: token }),
  };
  const { playerID, playerCredentials } = (await ask(address, '/join', body)) as {
    readonly playerID: string;
    readonly playerCredentials: string;
  };
  return { seat: Number(playerID), token: playerCredentials };
}

async function ask({ server, game, match }: MatchAddress, path: string, body?: object): Promise<unknown> {
  const url = `${server}/games/${encodeURIComponent(game)}/${encodeURIComponent(match)}${path}`;
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, body === undefined ? {} : sent).catch((error: unknown) => {
    throw new UserError(`${server} does not answer: ${messageOf(error)}`);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const { text } = (answer ?? {}) as { readonly text?: string };
  throw new UserError(`${server} says: ${text ?? response.statusText}`);
}
