import type { Environment } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import { type JsonObject, preview } from '../../src/core/json.js';
import { arrayOf, type Packed, pack, unpack } from '../pack.js';
import type { GameTree, InformationStates, Knowledge, Labels } from './game-tree.js';

const KIND = 'tree';
/** Of what the arrays mean; raised whenever the compiler numbers or names things in another way. */
const FORMAT = 1;

interface About {
  readonly format: number;
  readonly environment: string;
  readonly version: string;
  readonly config: JsonObject;
  readonly seats: number;
  readonly zeroSum: boolean;
  readonly histories: number;
  readonly states: number;
  readonly endings: number;
  readonly options: readonly (readonly string[])[];
  readonly labels: readonly string[] | null;
  readonly viewers: number;
}

/** A tree as bytes, to be kept for next time. */
export function encodeTree(tree: GameTree): Uint8Array {
  const { states, knowledge = [], labels } = tree;
  const numbers = new Map<readonly string[], number>();
  for (const list of states.options) if (!numbers.has(list)) numbers.set(list, numbers.size);
  const about = {
    format: FORMAT,
    environment: tree.environment,
    version: tree.version,
    config: tree.config,
    seats: tree.seats,
    zeroSum: tree.zeroSum,
    histories: tree.size,
    states: states.count,
    endings: tree.returns.length / tree.seats,
    options: [...numbers.keys()],
    labels: labels?.names ?? null,
    viewers: knowledge.length,
  } satisfies About;
  return pack({
    kind: KIND,
    about,
    arrays: {
      actor: new Uint8Array(tree.actor.buffer, tree.actor.byteOffset, tree.size),
      children: tree.children,
      at: tree.at,
      chance: tree.chance,
      returns: tree.returns,
      seat: states.seat,
      list: Int32Array.from(states.options, (list) => numbers.get(list) as number),
      names: new TextEncoder().encode(JSON.stringify(states.names)),
      ...Object.fromEntries(knowledge.map((numbers, viewer) => [`knows ${viewer}`, numbers])),
      ...(labels === undefined ? {} : { 'state labels': labels.states, 'end labels': labels.endings }),
    },
  });
}

/**
 * The tree of bytes that `encodeTree` gave.
 * @param from what the bytes are called in messages
 * @throws UserError, with the reason, when they hold no tree, or the tree of another environment, version or
 *   configuration
 */
export function decodeTree(
  bytes: Uint8Array,
  environment: Environment,
  config: JsonObject,
  from = 'the tree',
): GameTree {
  const packed = unpack(bytes, KIND, from);
  const about = packed.about as unknown as About;
  const stale = differenceOf(about, environment, config);
  if (stale !== null) throw new UserError(`${from} ${stale}`);
  const children = arrayOf(packed, 'children', Int32Array, from);
  const actor = arrayOf(packed, 'actor', Uint8Array, from);
  const tree: GameTree = {
    environment: about.environment,
    version: about.version,
    config: about.config,
    seats: about.seats,
    zeroSum: about.zeroSum,
    size: about.histories,
    actor: new Int8Array(actor.buffer, actor.byteOffset, actor.length),
    first: firstOf(children),
    children,
    at: arrayOf(packed, 'at', Int32Array, from),
    chance: arrayOf(packed, 'chance', Float64Array, from),
    returns: arrayOf(packed, 'returns', Float64Array, from),
    states: statesOf(packed, about, from),
    ...(about.viewers === 0 ? {} : { knowledge: knowledgeOf(packed, about.viewers, from) }),
    ...(about.labels === null ? {} : { labels: labelsOf(packed, about.labels, from) }),
  };
  if (isWhole(tree, about)) return tree;
  throw new UserError(`${from} is damaged: its arrays do not have the lengths that its head says`);
}

/** Why a tree is not that of a game, or null. */
function differenceOf(about: About, { spec }: Environment, config: JsonObject): string | null {
  const { format, environment, version } = about;
  if (format !== FORMAT) return `is written in format ${format}; format ${FORMAT} is read`;
  if (environment !== spec.id) return `is of ${environment}, not of ${spec.id}`;
  if (version !== spec.version) return `is of ${environment} ${version}; here it is version ${spec.version}`;
  if (JSON.stringify(about.config) === JSON.stringify(config)) return null;
  return `is of ${environment} with the config ${preview(about.config, 200)}, not ${preview(config, 200)}`;
}

/** NOTE: not kept, because children stand next to each other in the order of their parents. */
function firstOf(children: Int32Array): Int32Array {
  let next = 1;
  return children.map((count) => {
    next += count;
    return count === 0 ? 0 : next - count;
  });
}

function statesOf(packed: Packed, about: About, from: string): InformationStates {
  const list = arrayOf(packed, 'list', Int32Array, from);
  const options = Array.from(list, (number) => about.options[number] ?? []);
  const offset = new Int32Array(options.length + 1);
  for (const [state, own] of options.entries()) offset[state + 1] = (offset[state] as number) + own.length;
  const names = JSON.parse(new TextDecoder().decode(arrayOf(packed, 'names', Uint8Array, from))) as string[];
  return { count: about.states, seat: arrayOf(packed, 'seat', Uint8Array, from), offset, names, options };
}

function knowledgeOf(packed: Packed, viewers: number, from: string): Knowledge {
  return Array.from({ length: viewers }, (_, viewer) => arrayOf(packed, `knows ${viewer}`, Int32Array, from));
}

function labelsOf(packed: Packed, names: readonly string[], from: string): Labels {
  const states = arrayOf(packed, 'state labels', Int32Array, from);
  return { names, states, endings: arrayOf(packed, 'end labels', Int32Array, from) };
}

function isWhole({ actor, children, at, chance, returns, seats, states }: GameTree, about: About): boolean {
  const histories = [actor, children, at, chance].every(({ length }) => length === about.histories);
  const known = [states.seat, states.names, states.options].every(({ length }) => length === about.states);
  return histories && known && returns.length === about.endings * seats;
}
