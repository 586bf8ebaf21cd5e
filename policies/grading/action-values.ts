import { actionsOf, CHANCE, type GameTree, type Profile, TERMINAL, uniformProfile } from '../tree/game-tree.js';
import { Ground } from './ground.js';
import { groupsOf } from './responder.js';

/**
 * What each option of each information state is worth to the seat that decides there: its expected return given that
 * the state is reached, when it takes the option once and everybody, itself included, follows the profile afterwards.
 *
 * What the seat believes about the histories of its state comes from chance and from the others' play. Where the others
 * never lead, it takes them to have picked every option equally often. For seats that forget nothing.
 * @returns one number for each action of each state, in returns
 */
export function actionValues(tree: GameTree, profile: Profile): Profile {
  const ground = new Ground(tree);
  const values = new Float64Array(actionsOf(tree));
  for (let seat = 0; seat < tree.seats; seat++) {
    const own = groupsOf(tree, (state) => tree.states.seat[state] === seat).of;
    const worth = worthOf(ground, profile, seat);
    const belief = beliefsOf(ground, profile, own);
    for (let at = 0; at < tree.size; at++) {
      if ((own[at] as number) < 0) continue;
      const child = tree.first[at] as number;
      let action = ground.action[at] as number;
      for (let c = child; c < child + (tree.children[at] as number); c++, action++) {
        values[action] = (values[action] as number) + (belief[at] as number) * (worth[c] as number);
      }
    }
  }
  return values;
}

/** By history: what a seat expects from there on, everybody following the profile. */
function worthOf({ tree, action }: Ground, profile: Profile, seat: number): Float64Array {
  const worth = new Float64Array(tree.size);
  for (let at = tree.size - 1; at >= 0; at--) {
    if (tree.actor[at] === TERMINAL) {
      worth[at] = tree.returns[(tree.at[at] as number) * tree.seats + seat] as number;
      continue;
    }
    const lucky = tree.actor[at] === CHANCE;
    const child = tree.first[at] as number;
    let total = 0;
    for (let c = child, a = action[at] as number; c < child + (tree.children[at] as number); c++, a++) {
      total += ((lucky ? tree.chance[c] : profile[a]) as number) * (worth[c] as number);
    }
    worth[at] = total;
  }
  return worth;
}

/** By history where the seat decides: how likely it is among those of its state; these add up to 1 for each state. */
function beliefsOf(ground: Ground, profile: Profile, own: Int32Array): Float64Array {
  const { tree, luck } = ground;
  const reach = new Float64Array(tree.size);
  const belief = new Float64Array(tree.size);
  let open = own;
  for (const play of [profile, uniformProfile(tree)]) {
    ground.lead(play, own, reach);
    const weights = reach.map((here, at) => ((open[at] as number) < 0 ? 0 : here * (luck[at] as number)));
    const mass = massOf(weights, open, tree.states.count);
    for (let at = 0; at < tree.size; at++) {
      const state = open[at] as number;
      if (state >= 0 && (mass[state] as number) > 0) belief[at] = (weights[at] as number) / (mass[state] as number);
    }
    open = open.map((state) => (state >= 0 && (mass[state] as number) > 0 ? -1 : state));
  }
  return belief;
}

/** By state: the weights of its histories together. */
function massOf(weights: Float64Array, states: Int32Array, count: number): Float64Array {
  const mass = new Float64Array(count);
  for (let at = 0; at < states.length; at++) {
    const state = states[at] as number;
    if (state >= 0) mass[state] = (mass[state] as number) + (weights[at] as number);
  }
  return mass;
}
