import type { Information } from '../../encoding.js';
import type { Game } from '../../solver.js';
import { CHANCE, type GameTree, TERMINAL } from '../../tree/game-tree.js';
import { ContractWalk, type Position } from './contract-walk.js';
import type { Walk } from './walk.js';

/** A compiled game walked by the numbers of its histories: the fast road for games that fit in memory. */
export class TreeWalk implements Walk<number> {
  readonly seats: number;
  readonly width: number;
  readonly vocabulary: readonly string[];
  readonly scale: number;
  readonly tree: GameTree;
  /** What the seat sees at each information state. */
  readonly informations: readonly Information[];
  readonly #chances: readonly (readonly number[] | undefined)[];

  constructor(game: Game) {
    const rules = new ContractWalk(game.environment, game.config);
    this.tree = game.tree();
    this.seats = rules.seats;
    this.width = rules.width;
    this.vocabulary = rules.vocabulary;
    this.scale = rules.scale;
    this.informations = informationsOf(this.tree, rules);
    this.#chances = chancesOf(this.tree);
  }

  root(): number {
    return 0;
  }

  actor(node: number): number {
    return this.tree.actor[node] as number;
  }

  fan(node: number): number {
    return this.tree.children[node] as number;
  }

  child(node: number, index: number): number {
    return (this.tree.first[node] as number) + index;
  }

  chances(node: number): readonly number[] {
    return this.#chances[node] as readonly number[];
  }

  returned(node: number, seat: number): number {
    return this.tree.returns[(this.tree.at[node] as number) * this.seats + seat] as number;
  }

  information(node: number): Information {
    return this.informations[this.tree.at[node] as number] as Information;
  }
}

/** Walks tree and rules together, so that each information state is seen once as its seat sees it. */
function informationsOf(tree: GameTree, rules: ContractWalk): Information[] {
  const found: Information[] = new Array(tree.states.count);
  const visit = (node: number, position: Position): void => {
    const state = tree.at[node] as number;
    if ((tree.actor[node] as number) >= 0) found[state] ??= rules.information(position);
    for (let index = 0; index < (tree.children[node] as number); index++) {
      const child = (tree.first[node] as number) + index;
      if (tree.actor[child] !== TERMINAL) visit(child, rules.child(position, index));
    }
  };
  visit(0, rules.root());
  return found;
}

function chancesOf(tree: GameTree): (readonly number[] | undefined)[] {
  const chances: (readonly number[] | undefined)[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.actor[node] !== CHANCE) continue;
    const first = tree.first[node] as number;
    chances[node] = [...tree.chance.subarray(first, first + (tree.children[node] as number))];
  }
  return chances;
}
