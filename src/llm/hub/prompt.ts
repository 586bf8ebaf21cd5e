import type { Message } from '../../core/agent.js';
import { isObject, type Json } from '../../core/json.js';
import { toolObjects } from '../decoding/calls.js';
import { ModelError, type ModelRequest } from '../model.js';
import type { HubTokenizer } from './package.js';

/** The chat template of a model, and the ids that it makes of a request. */
export class HubPrompt {
  readonly #tokenizer: HubTokenizer;
  /** Marks that nobody but the template may make, and those that the model writes itself. */
  readonly #marks: { readonly all: Marks; readonly special: Marks };

  constructor(tokenizer: HubTokenizer) {
    const added = [...tokenizer._tokenizer.get_added_tokens_decoder().values()];
    const spelt = (some: typeof added) => new Marks(some.map(({ content }) => content));
    this.#tokenizer = tokenizer;
    this.#marks = { all: spelt(added), special: spelt(added.filter(({ special }) => special)) };
  }

  /** The template for these tools. @throws where the model has none */
  template(tools: readonly object[] | null): string {
    return this.#tokenizer.get_chat_template({ tools });
  }

  /**
   * The ids of a request, up to where the answer begins. The package renders all of it to one text and reads marks
   * wherever they are spelt, so what was said is taken apart within each mark it spells, and encoded in pieces: to the
   * model those are letters, and nobody can end a turn or begin one by what they say.
   * @throws ModelError where there are tools that the template would leave out
   */
  ids({ messages, tools = [] }: ModelRequest): readonly number[] {
    const shown = tools.length === 0 ? null : toolObjects(tools);
    if (shown !== null && !this.template(shown).includes('tools'))
      throw new ModelError('bad-request', "this model's chat template takes no tools; answers=words does without");
    const seam = unusedIn(JSON.stringify(messages));
    const rendered = this.#tokenizer.apply_chat_template(
      messages.map((message) => this.#apart(message, seam)),
      { tools: shown, add_generation_prompt: true, tokenize: false },
    );
    const [first = '', ...rest] = rendered.split(seam);
    return [...this.#encode(first), ...rest.flatMap((piece) => this.#encodeBehind(piece))];
  }

  /** NOTE: thoughts and calls that a model wrote stand in its messages by marks of its own, which are not special. */
  #apart({ role, ...said }: Message, seam: string): Message {
    const marks = role === 'assistant' ? this.#marks.special : this.#marks.all;
    return { role, ...(deep(said, (text) => marks.apart(text, seam)) as Omit<Message, 'role'>) };
  }

  #encode(text: string): readonly number[] {
    return this.#tokenizer.encode(text, { add_special_tokens: false });
  }

  /** NOTE: some tokenizers put a space before the beginning of a text, so a piece is read behind a letter. */
  #encodeBehind(piece: string): readonly number[] {
    const [letter, both] = [this.#encode('a'), this.#encode(`a${piece}`)];
    return letter.every((id, at) => both[at] === id) ? both.slice(letter.length) : this.#encode(piece);
  }
}

/** Texts that a tokenizer reads as one token each, wherever they stand. */
export class Marks {
  readonly #pattern: RegExp | null;

  /** NOTE: runs of white space are such tokens too; they are words, and those of one character cannot be taken apart. */
  constructor(texts: readonly string[]) {
    const marks = texts.filter((text) => /\S/.test(text) && [...text].length > 1);
    const longest = marks.sort((a, b) => b.length - a.length);
    this.#pattern = marks.length === 0 ? null : new RegExp(longest.map(literally).join('|'), 'gu');
  }

  /** A text with a seam behind the first character of each mark that is spelt in it, also of marks within marks. */
  apart(text: string, seam: string): string {
    if (this.#pattern === null) return text;
    const cut = text.replace(this.#pattern, (mark) => {
      const [first = ''] = mark;
      return first + seam + mark.slice(first.length);
    });
    return cut === text ? text : this.apart(cut, seam);
  }
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A character for private use that a text does not have. */
function unusedIn(text: string): string {
  for (let code = 0xe000; code < 0xf900; code++) {
    const sign = String.fromCharCode(code);
    if (!text.includes(sign)) return sign;
  }
  throw new ModelError('bad-request', 'the messages use every character that is set aside for private use');
}

function deep(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => deep(one, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [change(key), deep(one, change)]));
}
