import type { Json } from '../../src/core/json.js';
import { isObject } from '../../src/core/json.js';
import type { ShownCall } from '../../src/server/replays/wire.js';
import { each } from '../each.js';
import { Value } from '../table/seen.js';

interface Props {
  readonly calls: readonly ShownCall[];
  /** Messages of the record, to which calls refer. */
  readonly messages: readonly Json[];
}

/** The calls of a model, each to be unfolded: what was sent, and what came. */
export function Calls({ calls, messages }: Props) {
  return each(calls, (call, at) => (
    <details>
      <summary>
        Call {at + 1} of {call.model}
        {call.usage === null ? '' : `, ${tokensOf(call.usage)}`}
      </summary>
      <ol className="messages">
        {each(call.messages, (place) => (
          <Message message={messages[place] ?? null} />
        ))}
      </ol>
      <h4>What came</h4>
      <Text value={call.reply} />
      <details>
        <summary>Parameters and usage</summary>
        <Value value={{ parameters: call.parameters, usage: call.usage }} />
      </details>
    </details>
  ));
}

function Message({ message }: { readonly message: Json }) {
  if (!isObject(message)) return null;
  const { role, content, ...more } = message;
  return (
    <li>
      <strong>{String(role)}</strong>
      <Text value={content ?? null} />
      {Object.keys(more).length === 0 ? null : <Text value={more} />}
    </li>
  );
}

/** NOTE: what a model was sent and said is shown as it was, notation and all. */
export function Text({ value }: { readonly value: Json }) {
  if (value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return <pre className="verbatim">{text}</pre>;
}

function tokensOf(usage: { readonly [figure: string]: Json }): string {
  const { promptTokens, completionTokens, cost } = usage;
  const tokens = [promptTokens, completionTokens].map((count) => (typeof count === 'number' ? count : '?'));
  return `${tokens[0]} tokens in, ${tokens[1]} out${typeof cost === 'number' ? `, cost ${cost}` : ''}`;
}
