import { ModelError, type ModelParameters } from '../../../src/llm/model.js';
import { isOverflow } from '../context.js';

/** What a provider may refuse, and a model can be asked without. */
export type Part = 'answers' | 'logprobs' | 'tokenIds';

/** What a call asks for that may be refused. */
export interface Sent {
  /** Whether it has a schema or tools. */
  readonly formed: boolean;
  readonly parameters: ModelParameters;
}

const ANSWERS =
  /response.?format|json.?schema|json mode|structured.?output|guided.?(json|decoding)|grammar|\btools?\b|tool.?(choice|call|use)|function.?call/i;
const LOGPROBS = /log.?prob/i;
const TOKEN_IDS = /token_ids/i;

/** NOTE: some services answer 400 where the model itself wrote a wrong call; asking it again may help, words would not. */
const OWN_FAULT = /failed_generation|attempted to call|adjust your prompt/i;

/**
 * NOTE: llama.cpp and Ollama say so with status 500, which else means that something broke.
 * SEE: llama.cpp issue 10920 ("Unsupported param: tools") and its message "tools param requires --jinja flag"; Ollama,
 * "failed to load model vocabulary required for format".
 */
const SAID_WITH_500 =
  /unsupported param|param requires|required for format|fail\w* to (parse|convert|load) \w*\s*grammar/i;

/** Which part of a call its provider does not take, by the error it gave; null where it is another error. */
export function refusedPart(thrown: unknown, { formed, parameters }: Sent): Part | null {
  if (!(thrown instanceof ModelError) || isOverflow(thrown) || OWN_FAULT.test(thrown.message)) return null;
  const { kind, message } = thrown;
  if (kind !== 'bad-request' && !(kind === 'unavailable' && SAID_WITH_500.test(message))) return null;
  if (formed && ANSWERS.test(message)) return 'answers';
  if (parameters.logprobs !== undefined && LOGPROBS.test(message)) return 'logprobs';
  return parameters.tokenIds !== undefined && TOKEN_IDS.test(message) ? 'tokenIds' : null;
}

/** Parameters without those that are refused. */
export function allBut(parameters: ModelParameters, refused: readonly Part[]): ModelParameters {
  if (refused.length === 0) return parameters;
  return Object.fromEntries(Object.entries(parameters).filter(([key]) => !refused.some((part) => part === key)));
}
