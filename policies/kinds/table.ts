import type { ActRequest, Place } from '../../src/core/agent.js';
import { seatName } from '../../src/core/environment.js';
import { type FoundPolicy, fileOf } from '../folder.js';
import type { Opened, Rule } from '../kind.js';
import type { PolicyManifest, SavedPolicy } from '../saved.js';
import type { Strategy } from '../solver.js';
import { decodeTable, encodeTable, inOrder, Table } from '../table.js';
import { InformationTracker } from '../tree/information.js';

const TABLE_FILE = 'table.bin';

/** What a table's maker knows about it. */
export type TableAbout = Pick<PolicyManifest, 'environment' | 'algorithm' | 'metrics'>;

/** A strategy as a policy to save, with whatever files are to lie beside it. */
export function savedTable(strategy: Strategy, about: TableAbout, beside: SavedPolicy['files'] = {}): SavedPolicy {
  const { environment, algorithm, metrics } = about;
  return {
    manifest: { format: 1, kind: 'table', environment, algorithm, metrics, files: {}, details: {} },
    files: { [TABLE_FILE]: encodeTable(strategy), ...beside },
  };
}

/** Probabilities by information state: the state is named as the episode goes on, and its row is looked up. */
export function open(found: FoundPolicy): Opened {
  const from = `${found.folder}/${TABLE_FILE}`;
  const strategy = decodeTable(fileOf(found, TABLE_FILE), from);
  const table = new Table(strategy);
  return { seat: (place) => follow(table, place, from), strategy: () => strategy };
}

function follow(table: Table, { environment, seat }: Place, from: string): Rule {
  const tracker = new InformationTracker(environment, seat);
  let told = 0;
  let moved = 0;
  return (request) => {
    const { events, moves, space } = request;
    for (; told < events.length; told++) tracker.told(events[told] as (typeof events)[number]);
    for (; moved < moves.length; moved++) tracker.moved(moves[moved] as (typeof moves)[number]);
    const name = tracker.name(() => request.view);
    const row = table.row(name);
    // NOTE: never uniform in silence: a table that misses a state is for another game or was never solved there.
    if (row === undefined) throw new Error(unknown(name, request, table, from));
    const offered = space.kind === 'choice' ? space.options.map(({ id }) => id) : [];
    return inOrder(row, offered, name);
  };
}

function unknown(name: string, { seat, events, moves }: ActRequest, table: Table, from: string): string {
  const when = `after ${events.length} events and ${moves.length} own moves`;
  return `${from} knows ${table.size} information states, but not ${name}, where ${seatName(seat)} stands ${when}`;
}
