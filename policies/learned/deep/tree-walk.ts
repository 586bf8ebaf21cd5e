import type { Information } from '../../encoding.js';
import type { Game } from '../../solver.js';
import type { Position } from '../../tabular/kernel/rules.js';
import { CHANCE, type GameTree, TERMINAL } from '../../tree/game-tree.js';
import { ContractWalk } from './contract-walk.js';
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
  readonly historyWidth: number;
  readonly #rules: ContractWalk;
  #histories: readonly Float32Array[] | undefined;
  readonly #chances: readonly (readonly number[] | undefined)[];

  constructor(game: Game) {
    const rules = new ContractWalk(game.environment, game.config);
    this.tree = game.tree();
    this.seats = rules.seats;
    this.width = rules.width;
    this.vocabulary = rules.vocabulary;
    this.scale = rules.scale;
    this.historyWidth = rules.historyWidth;
    this.#rules = rules;
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

  /** NOTE: worked out for the whole tree when first asked for, since most learners never do. */
  history(node: number): Float32Array {
    this.#histories ??= historiesOf(this.tree, this.#rules);
    return this.#histories[node] as Float32Array;
  }
}

/** What each information state's seat sees there. */
function informationsOf(tree: GameTree, rules: ContractWalk): Information[] {
  const found: Information[] = new Array(tree.states.count);
  together(tree, rules, (node, position) => {
    found[tree.at[node] as number] ??= rules.information(position);
  });
  return found;
}

function historiesOf(tree: GameTree, rules: ContractWalk): Float32Array[] {
  const found: Float32Array[] = new Array(tree.size);
  together(tree, rules, (node, position) => {
    found[node] = rules.history(position);
  });
  return found;
}

/** Visits every decision of a tree with the position it is. */
function together(tree: GameTree, rules: ContractWalk, decided: (node: number, position: Position) => void): void {
  const visit = (node: number, position: Position): void => {
    if ((tree.actor[node] as number) >= 0) decided(node, position);
    for (let index = 0; index < (tree.children[node] as number); index++) {
      const child = (tree.first[node] as number) + index;
      if (tree.actor[child] !== TERMINAL) visit(child, rules.child(position, index));
    }
  };
  visit(0, rules.root());
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
