import type { ForkRequest, Replay, ReplayCard, ReplayPage, ReplayViewer } from '../../src/server/replays/wire.js';
import { queryOf } from '../address.js';
import { ask, Refused } from '../api.js';

/** Where a record comes from: the server keeps it, or somebody opened a file and this is its line. */
export type Source = { readonly is: 'kept'; readonly id: string } | { readonly is: 'line'; readonly text: string };

export function listed(environment: string, page: number, signal?: AbortSignal): Promise<ReplayPage> {
  const query = new URLSearchParams({ page: String(page), ...(environment === '' ? {} : { environment }) });
  return ask<ReplayPage>(`/api/replays?${query}`, undefined, signal);
}

/** A record as a viewer sees it. @throws Refused */
export function replayOf(source: Source, viewer: ReplayViewer, signal?: AbortSignal): Promise<Replay> {
  const query = `?viewer=${viewer}`;
  if (source.is === 'kept')
    return ask<Replay>(`/api/replays/${encodeURIComponent(source.id)}${query}`, undefined, signal);
  return ask<Replay>(`/api/replays/frames${query}`, parsed(source.text), signal);
}

export async function fork(source: Source, wanted: Omit<ForkRequest, 'record'>): Promise<readonly ReplayCard[]> {
  const record = source.is === 'kept' ? source.id : source.text;
  return (await ask<{ replays: ReplayCard[] }>('/api/replays/fork', { record, ...wanted })).replays;
}

/** What an address says of how a replay is to be opened. */
export interface Opening {
  readonly turn: number;
  readonly viewer: ReplayViewer;
  /** Another record to be shown beside it. */
  readonly beside: string | null;
}

export function openingOf(hash: string): Opening {
  const query = queryOf(hash);
  const viewer = query.get('viewer') ?? 'all';
  return {
    turn: /^\d+$/.test(query.get('turn') ?? '') ? Number(query.get('turn')) : 0,
    viewer: /^\d+$/.test(viewer) ? Number(viewer) : viewer === 'public' ? 'public' : 'all',
    beside: query.get('with'),
  };
}

export function queryFor({ turn, viewer, beside }: Opening): URLSearchParams {
  return new URLSearchParams({
    ...(turn === 0 ? {} : { turn: String(turn) }),
    ...(viewer === 'all' ? {} : { viewer: String(viewer) }),
    ...(beside === null ? {} : { with: beside }),
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new Refused('This line of the file is not JSON, so that it is no record; it may have been cut off.');
  }
}
