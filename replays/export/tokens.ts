/**
 * Recorded rollouts for reinforcement learning, as ids: one row for each call of a model that led to a move, for failed
 * tries and answers that were not taken earned nothing of what the turn brought. Ids and log probabilities are those of
 * the call itself; text is never tokenised again, for templates drop and change what was generated. `mask` covers prompt
 * and completion together, 1 where the model wrote.
 */
import type { ModelCall } from '../../src/core/agent.js';
import { seatName } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/json.js';
import type { ExportedEpisode, Format } from '../format.js';
import { callsOf, takenCalls } from '../taken.js';
import type { OwnTurn } from '../turns.js';

const format: Format = {
  id: 'tokens',
  title: 'token ids, mask, log probabilities and rewards of recorded rollouts',
  needs: [],
  *rows(episode) {
    for (const turn of episode.turns) {
      const taken = new Set(takenCalls(turn));
      for (const [index, call] of callsOf(turn).entries()) {
        if (!taken.has(call)) episode.refuse?.('a call that did not lead to the move');
        else yield { data: { ...idsOf(call, episode, turn), ...aboutOf(episode, turn, index) }, turns: [turn] };
      }
    }
  },
};

export default format;

/** @throws UserError where the call has no ids, or not as many log probabilities as tokens */
function idsOf(
  { tokens, logprobs, model, parameters }: ModelCall,
  episode: ExportedEpisode,
  turn: OwnTurn,
): JsonObject {
  const where = `${episode.record.id}, step ${turn.step}, ${seatName(turn.seat)}`;
  if (tokens === null) throw refusal(where, 'token ids', 'tokenIds=true');
  if (logprobs === null) throw refusal(where, 'log probabilities', 'logprobs=true');
  if (logprobs.length !== tokens.completion.length) {
    throw new UserError(
      `${where}: ${tokens.completion.length} tokens and ${logprobs.length} log probabilities do not belong together`,
    );
  }
  const { tools: _tools, schema: _schema, ...sampling } = parameters;
  return {
    prompt_ids: tokens.prompt,
    completion_ids: tokens.completion,
    mask: [...tokens.prompt.map(() => 0), ...tokens.completion.map(() => 1)],
    logprobs,
    model,
    sampling: JSON.stringify(sampling),
  };
}

function aboutOf({ record, seats }: ExportedEpisode, turn: OwnTurn, call: number): JsonObject {
  const seat = seats[turn.seat];
  return {
    reward: turn.reward,
    return_to_go: turn.returnToGo,
    group: seat?.group ?? '',
    sample_index: seat?.sampleIndex ?? 0,
    episode: record.id,
    seat: turn.seat,
    turn: turn.turn,
    call,
  };
}

function refusal(where: string, what: string, parameter: string): UserError {
  return new UserError(
    `${where}: the record holds no ${what} of a call, and guessing them would train on other tokens than were sampled. Play with a server that gives them (vLLM, ${parameter}), or leave those seats out with --seats or --agents`,
  );
}
