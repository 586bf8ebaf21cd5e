import calculator from '../../envs/calculator/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import negotiation from '../../envs/negotiation/index.js';
import werewolf from '../../envs/werewolf/index.js';
import { ANNOTATIONS, type Judgement } from '../../replays/annotations.js';
import type { ExportedEpisode } from '../../replays/format.js';
import { spokenRecord } from '../../replays/speaker.testing.js';
import { type OwnTurn, turnsOf } from '../../replays/turns.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { type Move, sample } from '../../src/core/space.js';
import { lastOf, obliging } from '../llm-agents/obliging.js';
import { agentOn } from '../llm-agents/table.js';
import type { Asked } from '../model-server/asked.js';
import { answers, type Behaviour } from '../model-server/behaviours.js';
import type { ModelServer } from '../model-server/server.js';
import { type Count, counting } from './counting.js';

interface Game {
  readonly environment: Environment;
  readonly set?: { readonly [path: string]: Json };
}

/** A game for each kind of answer: choices, tool calls, forms, speech beside choices. */
export const GAMES: { readonly [answers: string]: Game } = {
  choices: { environment: kuhn },
  tools: { environment: calculator, set: { maxSteps: 3 } },
  forms: { environment: negotiation, set: { rounds: 2 } },
  speech: { environment: werewolf, set: { maxRounds: 1 } },
};

export interface RealGame {
  readonly episode: ExportedEpisode;
  readonly counts: readonly Count[];
  readonly refused: string[];
}

/** A model that answers as it is asked; it works something out with one call, then with two at once, in words too. */
function answering(asked: Asked): Behaviour {
  const call = { name: 'calculator', arguments: '{"expr": "1 + 1"}' };
  if (Array.isArray(asked.body?.tools)) return answers({ calls: asked.index % 2 === 0 ? [call] : [call, call] });
  const words = lastOf(asked).includes('Call one or more tools by a JSON list');
  return words ? answers('<answer>[{"name": "calculator", "args": {"expr": "1 + 1"}}]</answer>') : obliging(asked);
}

/**
 * A game that language-model agents play against the scripted server, as an export reads it.
 * @param game a kind of answer
 * @param manner settings of the agents
 * @param spoils whether the server spoils the reply to every fifth request
 */
export async function realGame(server: ModelServer, game: string, manner: string, spoils: boolean): Promise<RealGame> {
  const { environment, set = {} } = GAMES[game] as Game;
  const { script, counts } = counting(answering, (index) => spoils && index % 5 === 3);
  server.play(script);
  const config = readConfig(environment.spec, { set });
  const { seats: count } = environment.spec.facts(config);
  const agent = await agentOn(server, `,${manner}`);
  const record = await spokenRecord(environment, Array(count).fill(agent), 7, config);
  const turns = turnsOf(record, environment).filter(({ decided }) => decided.substituted !== true);
  const seats = record.seats.map(({ agent: name }, seat) => ({
    ...{ seat, agent: name, chosen: true, group: '', sampleIndex: 0, return: 0, passed: true },
  }));
  const refused: string[] = [];
  const annotations = turns.map((turn) => judgementOf(record.id, environment, turn));
  return {
    episode: { record, environment, turns, seats, annotations, refuse: (reason) => refused.push(reason) },
    counts,
    refused,
  };
}

/** NOTE: every turn is called a mistake, so that formats of preferences have a row for it. */
function judgementOf(episode: string, environment: Environment, { step, seat, space, decided }: OwnTurn): Judgement {
  const rng = stream(0, `better ${step} ${seat}`);
  const other = space.kind === 'choice' ? space.options.find(({ id }) => id !== decided.move)?.id : undefined;
  const better: Move = other ?? sample(environment.spec, space, rng);
  return {
    ...{ annotations: ANNOTATIONS as 1, kind: 'judgement', episode, step, seat, good: false, better },
    source: { model: 'judge', rubric: 'none' },
  };
}
