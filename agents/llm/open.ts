import type { AgentFactory, AgentManifest, Spending } from '../../src/core/agent.js';
import { UserError } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/json.js';
import { Budget, budgeted, sharedBudget } from '../../src/llm/budget.js';
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
 * @param spending a budget that it shares with the other agents of its run
 * @throws UserError naming what is wrong and what it takes
 */
export async function openLanguageAgent(
  argument: string,
  models: Models,
  spending: Spending | null = null,
): Promise<AgentFactory> {
  const { model: name, settings } = readArgument(argument);
  const [styles, memory] = await Promise.all([stylesOf(settings.style), memoryOf(settings.memory)]);
  const model = await openModel(name, settings, models, spending);
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

/**
 * The model of an argument, kept to its budgets. NOTE: a cassette needs no provider, so no key either, and costs nothing.
 * @throws UserError
 */
export async function openModel(
  name: string,
  settings: Settings,
  models: Models,
  spending: Spending | null = null,
): Promise<Model> {
  const { cassette, record } = settings;
  if (cassette !== undefined) return replaying(name, new Cassette(cassette));
  const opened = await models.open(name);
  const kept = record === undefined ? opened : recording(opened, new Cassette(record));
  const own = ownBudget(settings);
  const budgets = [...(own === null ? [] : [own]), ...(spending === null ? [] : [sharedBudget(spending)])];
  return budgets.reduce((model, budget) => budgeted(model, budget, models.price(name)), kept);
}

function ownBudget({ budgetTokens: tokens, budgetCost: cost, budgetMs: wallMs }: Settings): Budget | null {
  if (tokens === undefined && cost === undefined && wallMs === undefined) return null;
  return new Budget({
    ...(tokens === undefined ? {} : { tokens }),
    ...(cost === undefined ? {} : { cost }),
    ...(wallMs === undefined ? {} : { wallMs }),
  });
}

/** Styles joined by `+`: the first wraps the second, and so on. @throws UserError */
async function stylesOf(text: string) {
  const named = await Promise.all(
    text.split('+').map(async (part) => {
      const [id, argument] = partsOf(part);
      return { kind: await findStyle(id), argument };
    }),
  );
  const last = named.slice(0, -1).find(({ kind }) => kind.last === true);
  if (last !== undefined)
    throw new UserError(`style ${last.kind.id} chooses by itself, so no style can stand behind it; put it last`);
  return named.map(({ kind, argument }) => kind.open(argument));
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
