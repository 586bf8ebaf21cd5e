import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { Hono } from 'hono';
import type { MatchCard } from '../matches/match.js';
import type { Ack, Refusal } from '../wire/wire.js';
import type { Visit } from './visit.js';

export interface Measured {
  readonly matches: () => readonly MatchCard[];
  readonly sockets: () => number;
}

/** What happened since the server started, counted. */
export class Counts {
  moves = 0;
  readonly refusals = new Map<Refusal['error'], number>();

  /** Takes note of the answer to a message. */
  answered(message: string, answer: Ack): void {
    if ('error' in answer) this.refused(answer);
    else if (message === 'update') this.moves++;
  }

  refused({ error }: Refusal): void {
    this.refusals.set(error, (this.refusals.get(error) ?? 0) + 1);
  }
}

/** Figures for Prometheus, in its text format. Mounted at /metrics. */
export function metricsRoutes(counts: Counts, measured: Measured): Hono<Visit> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return new Hono<Visit>().get('/', (c) => {
    c.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    return c.body(metricsText(counts, measured, delay));
  });
}

function metricsText(counts: Counts, { matches, sockets }: Measured, delay: IntervalHistogram): string {
  const refusals = [...counts.refusals].map(([reason, count]) => [`{reason="${reason}"}`, count] as const);
  const text = [
    family('ludus_matches', 'gauge', 'Matches in memory, by how they stand.', byState(matches())),
    family('ludus_sockets', 'gauge', 'Open connections of tables.', [['', sockets()]]),
    family('ludus_moves_total', 'counter', 'Moves of people and programs that came by socket and were taken.', [
      ['', counts.moves],
    ]),
    family('ludus_refusals_total', 'counter', 'Messages and requests that were refused, by reason.', refusals),
    family('ludus_event_loop_delay_p99_seconds', 'gauge', 'How late the process gets to its work, since last asked.', [
      ['', Number.isFinite(delay.percentile(99)) ? delay.percentile(99) / 1e9 : 0],
    ]),
  ];
  delay.reset();
  return text.join('');
}

function byState(cards: readonly MatchCard[]): (readonly [string, number])[] {
  const states = { open: 0, playing: 0, over: 0 };
  for (const { over, startedAt } of cards)
    states[over !== undefined ? 'over' : startedAt === null ? 'open' : 'playing']++;
  return Object.entries(states).map(([state, count]) => [`{state="${state}"}`, count]);
}

function family(name: string, type: string, says: string, values: readonly (readonly [string, number])[]): string {
  const lines = values.map(([labels, value]) => `${name}${labels} ${value}`);
  return [`# HELP ${name} ${says}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}
