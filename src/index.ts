/** The public face of Ludus: everything an environment, an agent, a policy or a training script imports. */
export { z } from 'zod';
export { measurePolicy } from '../policies/exploit.js';
export { readPolicy, writePolicy } from '../policies/folder.js';
export { learner, learners, solver, solvers } from '../policies/found.js';
export { gameOf } from '../policies/game.js';
export { Evaluator, type Exploited } from '../policies/grading/evaluator.js';
export { savedTable } from '../policies/kinds/table.js';
export type { Learner, Learning, LearningState, Supplies } from '../policies/learner.js';
export { type OpenPolicy, openPolicy } from '../policies/open.js';
export { inWasm } from '../policies/public/roads.js';
export type { PolicyManifest, SavedPolicy } from '../policies/saved.js';
export { type SolveTask, type Stopped, solve } from '../policies/solve.js';
export type { Checkpoint, Game, Road, Solver, Solving, Strategy } from '../policies/solver.js';
export { decodeTable, encodeTable, profileOf, strategyOf } from '../policies/table.js';
export type { Scheme } from '../policies/tabular/kernel/scheme.js';
export { type CompileOptions, compile } from '../policies/tree/compile.js';
export type { GameTree, InformationStates, Profile } from '../policies/tree/game-tree.js';
export { type Playouts, RandomPlay } from '../policies/tree/playout.js';
export { type SpeechRequest, type Utterance, type Utterances, withSpeech } from '../policies/tree/speech.js';
export { type ExportTask, exportRecords, type Manifest } from '../replays/exporting/exporter.js';
export { Said } from '../replays/exporting/said.js';
export { forkTable } from '../replays/fork.js';
export { type ExportOptions, type Format, USUAL } from '../replays/format.js';
export { format, formats } from '../replays/formats.js';
export { readRecord, readRecords } from '../replays/read.js';
export { replay } from '../replays/replay.js';
export type { EpisodeRecord } from '../replays/schema.js';
export { playRecorded } from '../replays/session.js';
export { type Divergence, verify } from '../replays/verify.js';
export type { Plan } from './arena/plan.js';
export { bradleyTerry, ELO_POINTS } from './arena/ratings/bradley-terry.js';
export { elo } from './arena/ratings/elo.js';
export { headToHead } from './arena/ratings/head-to-head.js';
export { holm, pairedScores, permutationTest, signTest } from './arena/ratings/paired.js';
export { gamesToTell, pairsToTell } from './arena/ratings/planner.js';
export { type RateOptions, type Rating, type Ratings, rate } from './arena/ratings/rate.js';
export { type GameResult, type SeatResult, sortGames } from './arena/ratings/result.js';
export { recordsByRole, wilson } from './arena/ratings/shares.js';
export { type Report, reportOf } from './arena/report/report.js';
export { gamesAt } from './arena/report/source.js';
export { rollout } from './arena/rollout.js';
export { supplies } from './arena/supplies.js';
export { THREAD_LIMITS } from './arena/threads.js';
export { planTournament } from './arena/tournament/draft.js';
export type { TournamentPlan } from './arena/tournament/plan.js';
export type { PlayedGame } from './arena/tournament/played.js';
export { type RatingReport, ratingReport } from './arena/tournament/report.js';
export type { TournamentWish } from './arena/tournament/request.js';
export { runTournament, type TournamentOptions } from './arena/tournament/run.js';
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
export { print, type Reply, readAnswer } from './core/answers.js';
export { Catalogue, environmentAt, readPlaces } from './core/catalogue.js';
export { configSchema, readConfig } from './core/config.js';
export {
  type ActTurn,
  actors,
  type CallTurn,
  type ChanceTurn,
  type Environment,
  type Event,
  environment,
  type Facts,
  isTold,
  type Moves,
  type Outcomes,
  type Rewards,
  type Script,
  type Scripted,
  type ScriptTurn,
  type Seat,
  type Spec,
  type Step,
  seatName,
  type Turn,
  type VectorForm,
  type Viewer,
} from './core/environment.js';
export { Episode } from './core/episode.js';
export { MoveRefused, UserError } from './core/errors.js';
export { Gym, type GymStep, make, type Reset } from './core/gym.js';
export { hashOf, type Json, type JsonObject } from './core/json.js';
export { Observation } from './core/observation.js';
export {
  type Ending,
  type How,
  type PlayedStep,
  type Progress,
  playEpisode,
  runEpisode,
  type Table,
} from './core/play.js';
export type { Failure, Read } from './core/read.js';
export { episodeSeed, Rng, type Seed, stream } from './core/rng.js';
export {
  type ActionSpace,
  type ChoiceSpace,
  check,
  choice,
  type Form,
  type Move,
  readCall,
  sample,
  type Tool,
  type ToolCall,
} from './core/space.js';
export { Budget, type BudgetLimits, budgeted } from './llm/budget.js';
export { Cassette, recording, replaying } from './llm/cassette.js';
export { Limiter, type Limits as ModelLimits, limited } from './llm/limits.js';
export {
  assistantMessage,
  type Model,
  ModelError,
  type ModelParameters,
  type ModelReply,
  type ModelRequest,
  toFailedCall,
  toModelCall,
} from './llm/model.js';
export { Models, type ModelsOptions, openModel as openChatModel } from './llm/open.js';
export { type Price, priced } from './llm/priced.js';
export { ACTOR_CRITIC, type ActorCriticConfig, actorCritic } from './nn/actor-critic.js';
export type { AdamOptions } from './nn/adam.js';
export { DECODER_LM, type DecoderLm, decoderLm } from './nn/decoder.js';
export { readKind, readNet, readParams, toOnnx } from './nn/export.js';
export type { Sym } from './nn/graph/graph.js';
export * as ops from './nn/graph/ops.js';
export { type LanguageModel, readHuggingFace, toHuggingFace, writeHuggingFace } from './nn/hugging-face.js';
export { type DpoOptions, dpoLoss, type GrpoOptions, grpoLoss, sftLoss, tokenLogps } from './nn/lm-losses.js';
export { cloningLoss, type Objective, ppoLoss, regretLoss, strategyLoss } from './nn/losses.js';
export { MLP, type MlpConfig, mlp } from './nn/mlp.js';
export type { Net, NetKind, Specs, Syms } from './nn/net.js';
export { initParams, Params } from './nn/params.js';
export { type OpenModel, openModel, type Tensor, type Tensors } from './nn/runtime.js';
export { type LmPolicy, type LmPolicyOptions, lmPolicy, type Sampled, type SampleOptions } from './nn/sampler.js';
export * as schedules from './nn/schedules.js';
export { type ChatIds, type ChatTurn, chatIds } from './nn/tokenizer/chat.js';
export { readTokenizerJson, tokenizerConfigJson, tokenizerJson } from './nn/tokenizer/files.js';
export { Tokenizer, type Vocabulary } from './nn/tokenizer/tokenizer.js';
export { type TokenizerTraining, trainTokenizer } from './nn/tokenizer/train.js';
export { type StepReport, type Trainer, type TrainerOptions, trainer } from './nn/train.js';
export type { Loss } from './nn/training-graph.js';
export { type RunningWork, startWork, type Work, type WorkPlace } from './nn/worker.js';
