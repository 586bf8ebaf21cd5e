import { expect } from 'vitest';
import { CHANCE, type GameTree, TERMINAL } from '../policies/tree/game-tree.js';
import type { InformationState, Node, Tree } from './tree.js';

/**
 * Checks that a flat tree is the plain one: the same histories in the same order with the same chances and returns, and
 * information states that split them the same way and offer the same options.
 */
export function expectSameTree(flat: GameTree, plain: Tree): void {
  const numbers = new Map<InformationState, number>();
  const wrong: string[] = [];
  const compare = (history: number, node: Node): void => {
    const found = difference(flat, history, node, numbers);
    if (found !== null) wrong.push(`history ${history}: ${found}`);
    if (node.kind === 'terminal' || found !== null) return;
    for (const [index, child] of node.children.entries()) compare((flat.first[history] as number) + index, child);
  };
  compare(0, plain.root);
  expect(wrong).toEqual([]);
  expect(flat.seats).toBe(plain.seats);
  expect(flat.states.count).toBe(plain.states.length);
  expect(new Set(numbers.values()).size).toBe(numbers.size);
  expect(flat.size).toBe(sizeOf(plain.root));
}

function difference(
  flat: GameTree,
  history: number,
  node: Node,
  numbers: Map<InformationState, number>,
): string | null {
  const at = flat.at[history] as number;
  const children = node.kind === 'terminal' ? 0 : node.children.length;
  if (flat.children[history] !== children) return `${flat.children[history]} children, not ${children}`;
  if (node.kind === 'terminal') {
    if (flat.actor[history] !== TERMINAL) return 'is no ending';
    const paid = flat.returns.subarray(at * flat.seats, (at + 1) * flat.seats);
    const same = node.returns.every((amount, seat) => Math.abs(amount - (paid[seat] as number)) < 1e-9);
    return same ? null : `pays ${paid.join(' ')}, not ${node.returns.join(' ')}`;
  }
  if (node.kind === 'chance') return differentChances(flat, history, node.chances);
  if (flat.actor[history] !== node.at.seat) return `seat ${flat.actor[history]} decides, not ${node.at.seat}`;
  const known = numbers.get(node.at) ?? at;
  numbers.set(node.at, known);
  if (known !== at) return `is in information state ${at}, not ${known}`;
  return flat.states.options[at]?.join() === node.at.options.join() ? null : 'offers other options';
}

function differentChances(flat: GameTree, history: number, chances: readonly number[]): string | null {
  if (flat.actor[history] !== CHANCE) return 'is no turn of chance';
  const first = flat.first[history] as number;
  const own = flat.chance.subarray(first, first + chances.length);
  return chances.every((chance, index) => chance === own[index]) ? null : `has other chances: ${own.join(' ')}`;
}

function sizeOf(node: Node): number {
  return node.kind === 'terminal' ? 1 : node.children.reduce((sum, child) => sum + sizeOf(child), 1);
}
