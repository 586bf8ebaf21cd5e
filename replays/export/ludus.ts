/**
 * Everything that is known of each own turn, one row a turn: where it was, what was put before the seat, what it could
 * do, said and did, every call of a model, and what it was paid. The other formats are made of less.
 */
import type { Json, JsonObject } from '../../src/core/json.js';
import { chatOf } from '../chat.js';
import type { ExportedEpisode, Format } from '../format.js';
import type { OwnTurn } from '../turns.js';

const format: Format = {
  id: 'ludus',
  title: "all that is known of each own turn, in this gym's own words",
  needs: [],
  open: true,
  *rows(episode, options) {
    const common = commonOf(episode);
    for (const turn of episode.turns) {
      const seat = episode.seats[turn.seat];
      const chat = chatOf(turn, options);
      const data = {
        ...common,
        ...aboutOf(turn),
        agent: episode.record.seats[turn.seat] as JsonObject,
        group: seat?.group ?? '',
        sample_index: seat?.sampleIndex ?? 0,
        return: seat?.return ?? null,
        ...chat,
        annotations: episode.annotations.filter(({ step, seat }) => step === turn.step && seat === turn.seat) as Json,
      };
      yield { data, turns: [turn] };
    }
  },
};

export default format;

function commonOf({ record }: ExportedEpisode): JsonObject {
  const { id, environment, seed, end } = record;
  return { ludus: 1, episode: id, environment, seed, how: end.how, outcome: end.outcome };
}

function aboutOf(turn: OwnTurn): JsonObject {
  const { step, seat, position, space, reward, rewards, returnToGo, decided } = turn;
  return {
    step,
    seat,
    turn: turn.turn,
    position,
    space,
    move: decided.move,
    thought: decided.thought ?? null,
    calls: (decided.calls ?? []) as unknown as Json,
    tries: (decided.tries ?? []) as unknown as Json,
    reward,
    rewards,
    return_to_go: returnToGo,
  };
}
