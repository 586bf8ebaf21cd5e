import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf, UserError } from '../core/errors.js';
import { isObject, type Json, type JsonObject } from '../core/json.js';
import { differenceOf } from './cassette/difference.js';
import { type Model, ModelError, type ModelFault, type ModelReply, type ModelRequest, type Usage } from './model.js';

/** What became of one call. */
type Played =
  | { readonly reply: ModelReply }
  | { readonly error: { readonly kind: ModelFault; readonly text: string; readonly usage: Usage | null } };

/** One line of a cassette. The key is a hash of all the rest but the outcome. */
type Line = { readonly key: string; readonly model: string; readonly request: ModelRequest } & Played;

/**
 * Calls of models in a file, one JSON line each, under a hash of the model's name and the whole request. Requests that
 * were made several times keep all their answers, which are played in the order they came. A request holds no key, so
 * neither does a cassette.
 */
export class Cassette {
  readonly file: string;
  readonly #lines = new Map<string, Line[]>();
  readonly #played = new Map<string, number>();

  /** @throws UserError where the file is no cassette; a line that breaks off at the end is left out */
  constructor(file: string) {
    this.file = file;
    for (const line of linesOf(file)) this.#keep(line);
  }

  /** How many calls it holds. */
  get size(): number {
    return [...this.#lines.values()].reduce((sum, lines) => sum + lines.length, 0);
  }

  /** Keeps what became of a call. */
  record(model: string, request: ModelRequest, played: Played): void {
    const line: Line = { key: keyOf(model, request), model, request, ...played };
    mkdirSync(dirname(this.file), { recursive: true });
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
    this.#keep(line);
  }

  /** The next recorded outcome of this request. @throws UserError on a miss, naming the nearest difference */
  next(model: string, request: ModelRequest): Played {
    const key = keyOf(model, request);
    const lines = this.#lines.get(key) ?? [];
    const count = this.#played.get(key) ?? 0;
    const line = lines[count];
    if (line === undefined) throw new UserError(`${this.file}: ${this.#miss(model, request, lines.length)}`);
    this.#played.set(key, count + 1);
    return line;
  }

  #keep(line: Line): void {
    const lines = this.#lines.get(line.key);
    if (lines === undefined) this.#lines.set(line.key, [line]);
    else lines.push(line);
  }

  #miss(model: string, request: ModelRequest, recorded: number): string {
    if (recorded > 0) return `this request of ${model} was recorded ${recorded} times and is asked for once more`;
    const asked = { model, request } as unknown as Json;
    const others = [...this.#lines.values()].map(([line]) => line as Line);
    const nearest = differenceOf(
      asked,
      others.map((line) => ({ model: line.model, request: line.request }) as unknown as Json),
    );
    return nearest === null
      ? `there is no call of ${model} in it`
      : `no such call of ${model} is in it; the nearest differs at ${nearest}`;
  }
}

/** A model that writes every call into a cassette, failed ones included. */
export function recording(model: Model, cassette: Cassette): Model {
  return {
    ...model,
    async call(request, signal) {
      try {
        const reply = await model.call(request, signal);
        cassette.record(model.id, request, { reply });
        return reply;
      } catch (thrown) {
        if (thrown instanceof ModelError) {
          const { kind, message: text, usage } = thrown;
          cassette.record(model.id, request, { error: { kind, text, usage } });
        }
        throw thrown;
      }
    },
  };
}

/** A model that answers from a cassette alone: no network, no key. A call that is not in it throws `UserError`. */
export function replaying(id: string, cassette: Cassette): Model {
  return {
    id,
    async call(request, signal) {
      signal?.throwIfAborted();
      const played = cassette.next(id, request);
      if ('reply' in played) return played.reply;
      const { kind, text, usage } = played.error;
      throw new ModelError(kind, text, { usage });
    },
  };
}

/** A hash of a model's name and a whole request, in which the order of fields does not count. */
export function keyOf(model: string, request: ModelRequest): string {
  const whole = JSON.stringify([model, request], (_, value: unknown) => (isObject(value) ? sorted(value) : value));
  return createHash('sha256').update(whole).digest('hex');
}

function sorted(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function linesOf(file: string): Line[] {
  if (!existsSync(file)) return [];
  const texts = readFileSync(file, 'utf8').split('\n');
  // NOTE: a run that was killed leaves half a line at the end; a line that was written ends with a line break.
  texts.pop();
  return texts.map((text, index) => lineOf(text, `${file}, line ${index + 1}`));
}

function lineOf(text: string, at: string): Line {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${at} is not JSON: ${messageOf(error)}`);
  }
  const whole =
    isObject(read) &&
    typeof read.key === 'string' &&
    isObject(read.request) &&
    (isObject(read.reply) || isObject(read.error));
  if (!whole) throw new UserError(`${at} is no call of a model`);
  return read as unknown as Line;
}
