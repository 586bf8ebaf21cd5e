import type { JsonObject } from '../../src/core/json.js';
import type { Column } from './column.js';
import { type GameTree, type InformationStates, type Knowledge, type Labels, TERMINAL } from './game-tree.js';
import type { StateBook } from './states.js';
import type { Walk } from './walk.js';

/** What the tree is of. */
export interface Title {
  readonly environment: string;
  readonly version: string;
  readonly config: JsonObject;
}

/**
 * A walk's rows as a tree, breadth first. A depth-first walk meets the histories of one depth in the order that a
 * breadth-first walk does, so sorting by depth and nothing else does it; a history's first child is the row after it.
 */
export function breadthFirst(title: Title, walk: Walk): GameTree {
  const { seats } = walk;
  const size = walk.actor.length;
  const to = placesOf(walk.depth.done());
  const actor = new Int8Array(size);
  const children = new Int32Array(size);
  const first = new Int32Array(size);
  const chance = new Float64Array(size);
  const at = new Int32Array(size);
  for (let row = 0; row < size; row++) {
    const place = to[row] as number;
    actor[place] = walk.actor.get(row);
    at[place] = walk.at.get(row);
    chance[place] = walk.chance.get(row);
    children[place] = walk.children.get(row);
    first[place] = children[place] === 0 ? 0 : (to[row + 1] as number);
  }
  const endings = inOrder(actor, at, (who) => who === TERMINAL, walk.returns.length / seats);
  const order = inOrder(actor, at, (who) => who >= 0, walk.book.names.length);
  const returns = rowsInOrder(walk.returns, endings, seats);
  return {
    ...title,
    seats,
    zeroSum: isZeroSum(returns, seats),
    size,
    actor,
    first,
    children,
    at,
    chance,
    returns,
    states: statesInOrder(walk.book, order),
    ...(walk.knowledge.length === 0 ? {} : { knowledge: knowledgeOf(walk.knowledge, to, walk.paths) }),
    ...(walk.book.labels.length === 0 ? {} : { labels: labelsOf(walk.book, order, endings, seats) }),
  };
}

/** By row: its place among all rows sorted by depth, rows of one depth staying in order. */
function placesOf(depth: Int16Array): Int32Array {
  const starts: number[] = [];
  for (const level of depth) starts[level + 1] = (starts[level + 1] ?? 0) + 1;
  starts[0] = 0;
  for (let level = 1; level < starts.length; level++) {
    starts[level] = (starts[level] as number) + (starts[level - 1] as number);
  }
  return Int32Array.from(depth, (level) => (starts[level] as number)++);
}

/** Numbers what histories refer to anew, in the order met; gives the old number of each new one. */
function inOrder(actor: Int8Array, at: Int32Array, isOne: (who: number) => boolean, count: number): Int32Array {
  const renamed = new Int32Array(count).fill(-1);
  const order = new Int32Array(count);
  let next = 0;
  for (let history = 0; history < at.length; history++) {
    if (!isOne(actor[history] as number)) continue;
    const old = at[history] as number;
    if (renamed[old] === -1) {
      renamed[old] = next;
      order[next++] = old;
    }
    at[history] = renamed[old] as number;
  }
  return order;
}

function rowsInOrder(rows: Column<Float64Array>, order: Int32Array, width: number): Float64Array {
  const sorted = new Float64Array(order.length * width);
  for (let row = 0; row < order.length; row++) {
    const old = (order[row] as number) * width;
    for (let at = 0; at < width; at++) sorted[row * width + at] = rows.get(old + at);
  }
  return sorted;
}

/** NOTE: weighted parts may add up to a rounding error instead of 0. */
function isZeroSum(returns: Float64Array, seats: number): boolean {
  if (seats !== 2) return false;
  for (let at = 0; at < returns.length; at += 2) {
    const first = returns[at] as number;
    if (Math.abs(first + (returns[at + 1] as number)) > 1e-12 * Math.max(1, Math.abs(first))) return false;
  }
  return true;
}

function statesInOrder(book: StateBook, order: Int32Array): InformationStates {
  const options = Array.from(order, (old) => book.options[old] as readonly string[]);
  const offset = new Int32Array(order.length + 1);
  for (const [state, ids] of options.entries()) offset[state + 1] = (offset[state] as number) + ids.length;
  return {
    count: order.length,
    seat: Uint8Array.from(order, (old) => book.seats.get(old)),
    offset,
    names: Array.from(order, (old) => book.names[old] as string),
    options,
  };
}

function labelsOf(book: StateBook, order: Int32Array, endings: Int32Array, seats: number): Labels {
  const ends = new Int32Array(endings.length * seats);
  for (let at = 0; at < ends.length; at++) {
    const ending = endings[Math.floor(at / seats)] as number;
    ends[at] = book.endLabels.get(ending * seats + (at % seats));
  }
  return { names: book.labels, states: order.map((old) => book.stateLabels.get(old)), endings: ends };
}

/** Paths by place instead of row, with numbers from 0 in the order met. */
function knowledgeOf(columns: readonly Column<Int32Array>[], to: Int32Array, paths: number): Knowledge {
  return columns.map((column) => {
    const known = new Int32Array(to.length);
    for (let row = 0; row < to.length; row++) known[to[row] as number] = column.get(row);
    const renamed = new Int32Array(paths).fill(-1);
    let next = 0;
    for (let place = 0; place < known.length; place++) {
      const path = known[place] as number;
      if (renamed[path] === -1) renamed[path] = next++;
      known[place] = renamed[path] as number;
    }
    return known;
  });
}
