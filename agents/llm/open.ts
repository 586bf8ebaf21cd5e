import type { AgentFactory, AgentManifest } from '../../src/core/agent.js';
import type { JsonObject } from '../../src/core/json.js';
import { Budget, budgeted } from '../../src/llm/budget.js';
import { Cassette, recording, replaying } from '../../src/llm/cassette.js';
import type { Model, ModelParameters } from '../../src/llm/model.js';
import type { Price } from '../../src/llm/priced.js';
import { bestOf } from '../wrappers/best-of.js';
import { majority } from '../wrappers/majority.js';
import { patient } from '../wrappers/patient.js';
import { timed } from '../wrappers/timed.js';
import { LanguageAgent } from './agent.js';
import { Asking, type Refused } from './answers/asking.js';
import { native } from './answers/native.js';
import { words } from './answers/words.js';
import { findMemory, findStyle } from './found.js';
import type { AnswerForm } from './question.js';
import { modelScorer } from './scorer.js';
import { parametersOf, readArgument, type Settings } from './settings.js';

/** Where models come from; the catalogue's own opens providers and reads their keys. */
export interface Models {
  open(name: string): Promise<Model>;
  price(name: string): Price | null;
}

const FORMS: { readonly [name in Settings['answers']]: AnswerForm } = { native, words };
/** An answer's length where nothing says it: a budget can only be kept when there is a most. */
const USUAL_TOKENS = 1024;

/**
 * Opens the agent that an argument describes: model, styles, memory, and what is around them.
 * @throws UserError naming what is wrong and what it takes
 */
export async function openLanguageAgent(argument: string, models: Models): Promise<AgentFactory> {
  const { model: name, settings } = readArgument(argument);
  const [styles, memory] = await Promise.all([stylesOf(settings.style), memoryOf(settings.memory)]);
  const model = await openModel(name, settings, models);
  const parameters: ModelParameters = { maxTokens: USUAL_TOKENS, ...model.defaults, ...parametersOf(settings) };
  const form = FORMS[settings.answers];
  const refused: Refused = new Set();
  const fallback = settings.fallback;
  const manifest = manifestOf(argument, model, settings, parameters);
  const seat: AgentFactory = (place) =>
    new LanguageAgent(place, {
      manifest,
      model,
      parameters,
      form,
      refused,
      fallback,
      styles: styles.map((style) => style(place)),
      memory: memory(),
      contextTokens: settings.contextTokens ?? null,
    });
  const scorer = () => modelScorer(model, parameters, () => new Asking(form, parameters, refused, fallback));
  return around(seat, settings, scorer);
}

/** Wrappers from the inside out: each answer in time, tried again, and then the best or the most frequent of several. */
function around(seat: AgentFactory, settings: Settings, scorer: () => Parameters<typeof bestOf>[2]): AgentFactory {
  const { timeoutMs, patience, votes, best } = settings;
  let factory = seat;
  if (timeoutMs !== undefined) factory = timed(factory, timeoutMs);
  if (patience !== undefined) factory = patient(factory, patience);
  if (votes !== undefined) factory = majority(factory, votes);
  if (best !== undefined) factory = bestOf(factory, best, scorer());
  return factory;
}

/** NOTE: a cassette needs no provider, so no key either. */
async function openModel(name: string, settings: Settings, models: Models): Promise<Model> {
  const { cassette, record, budgetTokens, budgetCost, budgetMs } = settings;
  if (cassette !== undefined) return replaying(name, new Cassette(cassette));
  const opened = await models.open(name);
  const kept = record === undefined ? opened : recording(opened, new Cassette(record));
  if (budgetTokens === undefined && budgetCost === undefined && budgetMs === undefined) return kept;
  const budget = new Budget({
    ...(budgetTokens === undefined ? {} : { tokens: budgetTokens }),
    ...(budgetCost === undefined ? {} : { cost: budgetCost }),
    ...(budgetMs === undefined ? {} : { wallMs: budgetMs }),
  });
  return budgeted(kept, budget, models.price(name));
}

/** Styles joined by `+`: the first wraps the second, and so on. */
async function stylesOf(text: string) {
  const kinds = text.split('+').map(partsOf);
  return Promise.all(kinds.map(async ([id, argument]) => (await findStyle(id)).open(argument)));
}

async function memoryOf(text: string) {
  const [id, argument] = partsOf(text);
  return (await findMemory(id)).open(argument);
}

function partsOf(text: string): [string, string] {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function manifestOf(argument: string, { id }: Model, settings: Settings, parameters: ModelParameters): AgentManifest {
  const { style, memory, answers } = settings;
  return { agent: `llm:${argument}`, model: id, style, memory, answers, parameters: parameters as JsonObject };
}
