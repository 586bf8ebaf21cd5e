import type { Script, Scripted, ScriptTurn } from '../../src/core/environment.js';
import type { TaskView } from '../../src/core/task/contract.js';
import type { Config } from './config.js';

const turnOf = (turn: ScriptTurn) => turn.view as unknown as TaskView;

function leucine(): Script {
  return (turn) => {
    const { question, steps } = turnOf(turn);
    const sequence = (question ?? '')
      .split('\n')
      .flatMap((line) => /^chain .*: ([A-Z]+)$/.exec(line)?.[1] ?? [])
      .join('');
    const mutations = [...sequence].flatMap((amino, at) => (amino === 'L' ? [] : [`${at}L`])).slice(0, 7);
    return { move: [{ id: `call_${steps.length}`, name: 'complete', args: { mutations } }] };
  };
}

export const scripted: Scripted<Config> = {
  styles: { leucine: 'puts leucine into the first seven places that have none' },
  seat: () => leucine(),
};
