/**
 * Prompts for reinforcement learning with verl: Parquet, one row for each own turn. `data_source` selects the reward
 * function; what that may need is JSON in the string `reward_model.ground_truth`: the options there were, what was
 * played, what it brought, and what each option is worth where the turn was graded. `extra_info` says which position it
 * was, seeds as strings, so that an environment can be put there. verl names groups itself when it samples.
 * SEE: github.com/volcengine/verl, docs/preparation/prepare_data.rst.
 */
import { lanes } from '../../src/core/json.js';
import { chatOf } from '../chat.js';
import type { ExportedEpisode, Format } from '../format.js';
import { type GradedTurn, gradedTurns } from '../graded.js';
import { type Columns, parquet } from '../parquet.js';
import type { OwnTurn } from '../turns.js';
import { WORDS, wordsOf } from '../verl.js';

const COLUMNS: Columns = {
  data_source: 'string',
  prompt: { list: { struct: WORDS } },
  ability: 'string',
  reward_model: { struct: { style: 'string', ground_truth: 'string' } },
  extra_info: {
    struct: {
      index: 'int64',
      need_tools_kwargs: 'boolean',
      environment: 'string',
      version: 'string',
      config: 'string',
      seed: 'string',
      episode: 'string',
      step: 'int64',
      seat: 'int64',
      group: 'string',
      sample_index: 'int64',
    },
  },
  agent_name: 'string',
};

const format: Format = {
  id: 'verl-rl',
  title: 'verl prompts for reinforcement learning, Parquet',
  needs: [],
  *rows(episode, options) {
    const grades = new Map([...gradedTurns(episode, options)].map((one) => [one.turn, one]));
    for (const turn of episode.turns) {
      const chat = chatOf(turn, options);
      const prompt = wordsOf(chat.prompt);
      if (typeof prompt === 'string') {
        episode.refuse?.(prompt);
        continue;
      }
      const data = {
        data_source: `ludus/${episode.record.environment.id}`,
        prompt,
        ability: 'game',
        reward_model: { style: 'rule', ground_truth: truthOf(turn, grades.get(turn)) },
        extra_info: placeOf(episode, turn),
        agent_name: 'single_turn_agent',
      };
      yield { data, turns: [turn], sample: chat.prompt };
    }
  },
  encoding: parquet(COLUMNS),
};

export default format;

function truthOf(turn: OwnTurn, graded: GradedTurn | undefined): string {
  const { space, decided, reward, returnToGo } = turn;
  const options = space.kind === 'choice' ? { options: space.options.map(({ id }) => id) } : {};
  const values = graded === undefined ? {} : { values: valuesOf(graded) };
  return JSON.stringify({ ...options, played: decided.move, reward, return_to_go: returnToGo, ...values });
}

function valuesOf({ grade }: GradedTurn): { readonly [option: string]: number } {
  return Object.fromEntries(grade.options.map((option, at) => [option, grade.values[at] as number]));
}

function placeOf({ record, seats }: ExportedEpisode, { step, seat }: OwnTurn) {
  const { id: environment, version, config } = record.environment;
  return {
    index: indexOf(`${record.id} ${step} ${seat}`),
    need_tools_kwargs: false,
    environment,
    version,
    config: JSON.stringify(config),
    seed: record.seed,
    episode: record.id,
    step,
    seat,
    group: seats[seat]?.group ?? '',
    sample_index: seats[seat]?.sampleIndex ?? 0,
  };
}

/** A number for a row that stays the same however many rows there are around it: 52 bits of a fingerprint. */
function indexOf(place: string): number {
  const [high, low] = lanes(place);
  return ((high >>> 0) % 2 ** 20) * 2 ** 32 + (low >>> 0);
}
