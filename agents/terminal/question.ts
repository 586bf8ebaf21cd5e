import type { ActRequest } from '../../src/core/agent.js';
import { readAnswer } from '../../src/core/answers.js';
import { type Environment, seatName } from '../../src/core/environment.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import { bad, good, type Read } from '../../src/core/read.js';
import {
  type ChoiceSpace,
  check,
  describedIn,
  type FormSpace,
  type Move,
  readCall,
  type TextSpace,
  type ToolsSpace,
} from '../../src/core/space.js';
import { fill, type Schema, schemaOf, takes } from './form.js';
import { type Ink, wrap } from './ink.js';

/** What a question needs of a terminal. */
export interface Desk {
  readonly ink: Ink;
  readonly width: number;
  write(lines: readonly string[]): void;
  line(prompt: string, words: readonly string[], signal: AbortSignal | null): Promise<string>;
}

/** Asks the person for a line; the words are offered for completion. */
export type Prompt = (label: string, words?: readonly string[]) => Promise<string>;

/** Puts a request to the person at the terminal until an answer belongs to its space. */
export async function askPerson(desk: Desk, environment: Environment, request: ActRequest): Promise<Move> {
  const question = questionOf(environment, request);
  desk.write(['', ...question.says.flatMap((line) => wrap(line, desk.width - 2)).map((line) => `  ${line}`)]);
  const prompt = prompter(desk, request);
  for (;;) {
    const read = await question.ask(prompt);
    if (read.ok) return read.value;
    const why = `That does not work: ${read.reason.replace(/\.$/, '')}.`;
    desk.write(wrap(why, desk.width - 2).map((line) => `  ${desk.ink('red', line)}`));
  }
}

interface Question {
  readonly says: readonly string[];
  ask(prompt: Prompt): Promise<Read<Move>>;
}

function questionOf(environment: Environment, { space, moves }: ActRequest): Question {
  switch (space.kind) {
    case 'choice':
      return choose(environment, space);
    case 'text':
      return speak(environment, space);
    case 'tools':
      return call(environment, space, moves.length === 0);
    case 'form':
      return complete(environment, space);
  }
}

/** NOTE: `?` shows the rules at every prompt, so no answer can be a lone question mark. */
function prompter(desk: Desk, request: ActRequest): Prompt {
  return async (label, words = []) => {
    const name = `${seatName(request.seat)}${label === '' ? '' : ` ${label}`} > `;
    for (;;) {
      const line = await desk.line(desk.ink('bold', name), words, request.signal);
      if (line !== '?') return line;
      desk.write(wrap(request.rules, desk.width - 2).map((text) => `  ${text}`));
    }
  };
}

/** NOTE: options that are numbers themselves are not numbered: a typed number would mean two things. */
function choose(environment: Environment, space: ChoiceSpace): Question {
  const ids = space.options.map(({ id }) => id);
  const numbered = !ids.some((id) => /^\d+$/.test(id));
  const digits = String(ids.length).length;
  const listed = space.options.map(({ id, label }, index) => {
    const words = label === id ? id : `${id}  ${label}`;
    return numbered ? `${String(index + 1).padStart(digits)}  ${words}` : words;
  });
  return {
    says: ['Choose one, by its words or its number:'.replace(numbered ? '' : ' or its number', ''), ...listed],
    async ask(prompt) {
      const line = await prompt('', ids);
      const id = numbered && /^\d+$/.test(line) ? ids[Number(line) - 1] : undefined;
      return id === undefined ? readAnswer(environment.spec, space, { text: line }) : good(id);
    },
  };
}

function speak(environment: Environment, space: TextSpace): Question {
  return {
    says: [`${space.purpose} One line of at most ${space.maxChars} characters; an empty one says nothing.`],
    ask: async (prompt) => check(environment.spec, space, await prompt('')),
  };
}

/** As many tools as this are described at the first turn. NOTE: at every turn they would push the table off the screen. */
const FEW_TOOLS = 4;

function call(environment: Environment, space: ToolsSpace, isFirst: boolean): Question {
  const { tools = {} } = environment.spec;
  const schemas = new Map(
    space.tools.map((name) => [name, describedIn(space, name)?.parameters ?? schemaOf(tools[name]?.args)]),
  );
  const about = (name: string): string => {
    const args = Object.entries(fieldsOf(schemas.get(name))).map(([field, schema]) => `${field}: ${takes(schema)}`);
    return `${name} {${args.join(', ')}}  ${(describedIn(space, name) ?? tools[name])?.description ?? ''}`;
  };
  const few = ['Call a tool by its name and its arguments as JSON:', ...space.tools.map(about)];
  const names = [
    `Call a tool by its name and its arguments as JSON. The name alone of one that needs arguments tells what it does. The tools: ${space.tools.join(', ')}.`,
  ];
  return {
    says: isFirst && space.tools.length <= FEW_TOOLS ? few : names,
    async ask(prompt) {
      const line = await prompt('', space.tools);
      const [, name = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(line) ?? [];
      const schema = schemas.get(name);
      if (rest.trim() === '' && neededBy(schema).length > 0)
        return bad('unparsable', `arguments are missing. ${about(name)}`);
      const args = argsOf(rest.trim(), schema);
      if (!args.ok) return args;
      const one = { id: 'call_0', name, args: args.value };
      const read = readCall(environment.spec, space, one);
      return read.ok ? good([one]) : read;
    },
  };
}

/** The arguments that a tool cannot be called without. */
function neededBy(schema: Schema | undefined): readonly string[] {
  return Array.isArray(schema?.required) ? (schema.required as readonly string[]) : [];
}

/** The arguments as typed. A tool that needs one alone takes it bare; those of an unknown tool do not matter. */
function argsOf(text: string, schema: Schema | undefined): Read<Json> {
  if (text === '' || schema === undefined) return good({});
  const fields = Object.keys(fieldsOf(schema));
  const needed = neededBy(schema);
  const parsed = jsonOf(text);
  if (isObject(parsed)) return good(parsed);
  const [only, second] = needed.length > 0 ? needed : fields;
  if (only === undefined || second !== undefined) return bad('unparsable', 'the arguments are not a JSON object');
  const takesText = fieldsOf(schema)[only]?.type === 'string';
  return good({ [only]: parsed === undefined || takesText ? text : parsed });
}

function fieldsOf(schema: Schema | undefined): { readonly [field: string]: JsonObject } {
  return (schema?.properties ?? {}) as { readonly [field: string]: JsonObject };
}

function complete(environment: Environment, space: FormSpace): Question {
  const form = environment.spec.forms?.[space.form];
  const schema = schemaOf(form?.schema);
  const limits = space.limits === undefined ? [] : [`Limits now: ${JSON.stringify(space.limits)}`];
  return {
    says: [
      form?.description ?? space.form,
      ...limits,
      'Write it as one JSON object, or press Enter to go field by field.',
    ],
    async ask(prompt) {
      const line = await prompt('');
      const value = line === '' ? await fill(schema, '', prompt) : jsonOf(line);
      if (value === undefined) return bad('unparsable', 'that is not JSON');
      return check(environment.spec, space, value);
    },
  };
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
