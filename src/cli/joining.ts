import { randomBytes } from 'node:crypto';
import { Page } from '../../agents/terminal/page.js';
import { Catalogue } from '../core/catalogue.js';
import { readFields } from '../core/config.js';
import { type Seat, seatName } from '../core/environment.js';
import { UserError } from '../core/errors.js';
import { stream } from '../core/rng.js';
import { fetchMatch, joinMatch, type MatchAddress, readAddress, type SeatKey } from '../server/remote/lobby.js';
import { type PlayerEvents, RemotePlayer } from '../server/remote/player.js';
import type { Over } from '../server/wire/wire.js';
import { HeldSeat } from './held-seat.js';
import { type Paper, paperOf } from './paper.js';
import type { OutputOptions } from './session.js';

export interface JoinOptions extends OutputOptions {
  readonly agent: string;
  readonly seat?: number;
  readonly name?: string;
  readonly seed?: string;
}

/** Seats an agent at a table of a server, plays to the end and tells the result. @throws UserError */
export async function joinTable(link: string, options: JoinOptions): Promise<void> {
  const address = readAddress(link);
  const catalogue = new Catalogue();
  const [match, environment, factory] = await Promise.all([
    fetchMatch(address),
    catalogue.environment(address.game),
    catalogue.agent(options.agent),
  ]);
  const config = readFields(environment.spec.config, match.config, 'config');
  const { seats } = environment.spec.facts(config);
  const wanted = options.seat;
  if (wanted !== undefined && wanted >= seats)
    throw new UserError(`--seat takes a seat from 0 to ${seats - 1} here, got ${wanted}`);
  const { key, held } = await seated(address, options.name ?? options.agent, wanted);
  const rng = stream(options.seed ?? randomBytes(16).toString('hex'), `seat ${key.seat}`);
  const place = { environment, config, seat: key.seat, rng };
  const paper = paperOf(options.quiet === true || options.json === true);
  const { ink, width } = paper;
  const page = new Page({ environment, viewer: key.seat, seats, ink, width });
  const agent = factory(place);
  paper.write([
    '',
    `${ink('bold', environment.spec.title)}${ink('dim', `  ${agent.manifest.agent} is ${seatName(key.seat)}`)}`,
    '',
  ]);
  const over = await new RemotePlayer(address, key, place, agent, story(page, paper, key.seat)).play();
  await held?.forget();
  tell(over, key.seat, options);
}

/** A seat of the match: the one that a program of this folder had when it was stopped, or else a free one. */
async function seated(
  address: MatchAddress,
  name: string,
  wanted: Seat | undefined,
): Promise<{ readonly key: SeatKey; readonly held: HeldSeat | null }> {
  const left = await HeldSeat.left(address, wanted);
  const token = left?.token;
  const key = await joinMatch(address, name, wanted, token);
  if (key.token === token) return { key, held: left };
  await left?.forget();
  return { key, held: await HeldSeat.taken(address, key) };
}

function story(page: Page, paper: Paper, seat: Seat): PlayerEvents {
  let isLost = false;
  return {
    events: (events) => paper.write(page.events(events)),
    moved(decision, _move, substituted) {
      const thought = decision?.thought;
      const thoughts = thought === undefined || thought === '' ? [] : page.thought(seat, thought);
      const stated = substituted ? page.remark('the agent gave no usable answer; a move is made for it') : [];
      paper.write([...thoughts, ...stated]);
    },
    failed: (failure, reason) => paper.write(page.remark(`${failure} answer: ${reason}`)),
    connected(isConnected) {
      if (!isConnected) paper.write(page.remark('the connection is lost; trying again'));
      else if (isLost) paper.write(page.remark('connected again'));
      isLost = !isConnected;
    },
  };
}

function tell({ how, outcome, returns, record }: Over, seat: Seat, { json }: OutputOptions): void {
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ seat, how, outcome, returns, record })}\n`);
    return;
  }
  const lines = [`  ${outcome ?? how}`];
  for (const [at, paid] of (returns ?? []).entries())
    lines.push(`  ${seatName(at)}  ${paid}${at === seat ? '  (this agent)' : ''}`);
  process.stdout.write(
    `\n${[...lines, ...(record === null ? [] : ['', `  Record: ${record}, at the server`])].join('\n')}\n`,
  );
}
