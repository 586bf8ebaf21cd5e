/** The public face of Ludus: everything an environment, an agent, a policy or a training script imports. */
export { z } from 'zod';
export type {
  ActRequest,
  Agent,
  AgentFactory,
  AgentFamily,
  AgentManifest,
  Decision,
  Message,
  ModelCall,
  Place,
  Policy,
} from './core/agent.js';
export { print, readAnswer, type Reply } from './core/answers.js';
export { Catalogue, environmentAt } from './core/catalogue.js';
export { configSchema, readConfig } from './core/config.js';
export {
  type ActTurn,
  actors,
  type CallTurn,
  type ChanceTurn,
  type Environment,
  environment,
  type Event,
  type Facts,
  isTold,
  type Moves,
  type Outcomes,
  type Rewards,
  type Script,
  type Scripted,
  type ScriptTurn,
  type Seat,
  seatName,
  type Spec,
  type Step,
  type Turn,
  type VectorForm,
  type Viewer,
} from './core/environment.js';
export { Episode } from './core/episode.js';
export { MoveRefused, UserError } from './core/errors.js';
export { Gym, type GymStep, make, type Reset } from './core/gym.js';
export { hashOf, type Json, type JsonObject } from './core/json.js';
export { Observation } from './core/observation.js';
export { type Ending, type How, playEpisode, type PlayedStep, type Progress, runEpisode, type Table } from './core/play.js';
export type { Failure, Read } from './core/read.js';
export { episodeSeed, Rng, type Seed, stream } from './core/rng.js';
export {
  type ActionSpace,
  check,
  choice,
  type ChoiceSpace,
  type Form,
  type Move,
  readCall,
  sample,
  type Tool,
  type ToolCall,
} from './core/space.js';
