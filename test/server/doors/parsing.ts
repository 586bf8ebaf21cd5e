import { call, calls } from './aviary-client.js';

/** What comes of an action: the texts that answer its calls in their order, `none` where it calls nothing, or a status. */
export type Comes = readonly string[] | 'none' | 422;

export interface ParsingRow {
  readonly what: string;
  readonly action: unknown;
  readonly comes: Comes;
  /** What Aviary's own server makes of it where that is another thing. */
  readonly theirs?: Comes | 500;
}

const bare = { id: 'a', type: 'function', function: { name: 'cast_int', arguments: '{"x": 3.7}' } };
const args = (given: unknown, name = 'cast_int') => ({ ...bare, function: { name, arguments: given } });
const { id: _id, ...withoutId } = bare;

/**
 * How actions are read that are not as they should be. SEE: Future-House/aviary, `StepRequest` and
 * `TestStepRequestDeserialization`; the interop tests hold each row against the package itself.
 */
export const PARSING: readonly ParsingRow[] = [
  { what: 'an assistant without calls', action: { role: 'assistant', content: 'hello' }, comes: 'none' },
  { what: 'an empty object', action: {}, comes: 'none' },
  { what: 'no role', action: { content: 'hello' }, comes: 'none' },
  { what: 'a user', action: { role: 'user', content: 'hello' }, comes: 'none' },
  { what: 'the system', action: { role: 'system', content: 'hello' }, comes: 'none' },
  { what: 'a function', action: { role: 'function', content: 'hello' }, comes: 'none' },
  {
    what: 'a tool response',
    action: { role: 'tool', name: 'cast_int', tool_call_id: 'a', content: '3' },
    comes: 'none',
  },
  { what: 'a user with calls', action: { role: 'user', content: 'hello', tool_calls: [bare] }, comes: 'none' },
  { what: 'no list of calls', action: { role: 'assistant', content: null, tool_calls: null }, comes: 'none' },
  { what: 'calls in an object', action: { role: 'assistant', tool_calls: {} }, comes: 'none' },
  { what: 'a call that is a text', action: { role: 'assistant', tool_calls: ['cast_int'] }, comes: 'none' },
  { what: 'a call without id', action: calls(withoutId), comes: 'none' },
  { what: 'an id that is a number', action: calls({ ...bare, id: 5 }), comes: 'none' },
  { what: 'a call without function', action: calls({ id: 'a', type: 'function' }), comes: 'none' },
  { what: 'a call without name', action: calls({ id: 'a', function: { arguments: '{}' } }), comes: 'none' },
  { what: 'a call of another type', action: calls({ ...bare, type: 'tool' }), comes: 'none' },
  { what: 'arguments in a list', action: calls(args('[1]')), comes: 'none' },
  { what: 'arguments that are a number', action: calls(args(5)), comes: 'none' },
  { what: 'one of two calls not well formed', action: calls(bare, withoutId), comes: 'none' },
  { what: 'arguments as a text', action: calls(bare), comes: ['3'] },
  { what: 'arguments as an object', action: calls(args({ x: 3.7 })), comes: ['3'] },
  { what: 'arguments null', action: calls(args(null, 'get_random_int')), comes: ['\\d+'] },
  { what: 'arguments empty', action: calls(args('', 'get_random_int')), comes: ['\\d+'] },
  { what: 'arguments that are no JSON', action: calls(args('{x')), comes: ['Invalid tool call: INVALID'] },
  { what: 'no type', action: calls({ id: 'a', function: bare.function }), comes: ['3'] },
  { what: 'calls without a role', action: { tool_calls: [bare] }, comes: ['3'] },
  {
    what: 'content in parts',
    action: { role: 'assistant', content: [{ type: 'text', text: 'so' }], tool_calls: [bare] },
    comes: ['3'],
  },
  {
    what: 'two calls of one id',
    action: calls(call('cast_int', { x: 1 }, 'a'), call('cast_float', { x: '2' }, 'a')),
    comes: ['1', '2\\.0'],
  },
  {
    what: 'a tool there is not between two there are',
    action: calls(call('cast_int', { x: 1 }, 'a'), call('nope', {}, 'b'), call('cast_int', { x: 2 }, 'c')),
    comes: ['1', 'Invalid tool call: nope', '2'],
  },
  { what: 'a role there is not', action: { role: 'robot', content: 'hello' }, comes: 422 },
  { what: 'a role that is a number', action: { role: 5 }, comes: 422 },
  { what: 'a role that is null', action: { role: null }, comes: 422 },
  { what: 'a list', action: [bare], comes: 422 },
  { what: 'a text', action: 'hello', comes: 422 },
  { what: 'null', action: null, comes: 422 },
  {
    what: 'a call without arguments',
    action: calls({ id: 'a', function: { name: 'cast_int' } }),
    comes: 422,
    theirs: 500,
  },
  {
    what: 'an argument of another type',
    action: calls(call('cast_int', { x: '5' })),
    comes: ['Error: cast_int: x: .*expected number'],
    theirs: ['5'],
  },
  { what: 'an argument too few', action: calls(call('cast_int', {})), comes: ['Error: cast_int: x: '], theirs: 500 },
  { what: 'an argument too many', action: calls(call('cast_int', { x: 1, y: 2 })), comes: ['1'], theirs: 500 },
  {
    what: 'a tool that fails',
    action: calls(call('cast_float', { x: 'zzz' })),
    comes: ['Error: "zzz" is no number'],
    theirs: 500,
  },
];

/** What came of an action, in the words of a row. */
export function cameOf(status: number, body: unknown): Comes | number {
  if (status !== 200) return status;
  const [messages] = body as [{ role: string; content: string; tool_call_id?: string }[]];
  const texts = messages
    .filter(({ role, tool_call_id: id }) => role === 'tool' && id !== '')
    .map(({ content }) => content);
  return texts.length === 0 ? 'none' : texts;
}

/** Whether what came is what was to come; texts are patterns of their beginning. */
export function isAs(came: Comes | number, comes: Comes | 500): boolean {
  if (typeof came === 'number' || typeof comes === 'number' || came === 'none' || comes === 'none')
    return came === comes;
  return (
    came.length === comes.length && comes.every((pattern, at) => new RegExp(`^${pattern}`).test(came[at] as string))
  );
}
