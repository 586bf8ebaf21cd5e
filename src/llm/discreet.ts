import { type Model, ModelError, type ModelReply } from './model.js';

/** Takes a secret out of everything a model gives back, errors included, should a server repeat what it was sent. */
export function discreet(model: Model, secret: string): Model {
  const clean = (text: string): string => text.replaceAll(secret, '[key]');
  return {
    ...model,
    async call(request, signal) {
      try {
        const reply = await model.call(request, signal);
        return holds(reply, secret) ? (JSON.parse(clean(JSON.stringify(reply))) as ModelReply) : reply;
      } catch (thrown) {
        if (!(thrown instanceof ModelError) || !thrown.message.includes(secret)) throw thrown;
        const { kind, retryAfterMs, usage } = thrown;
        throw new ModelError(kind, clean(thrown.message), { retryAfterMs, usage });
      }
    },
  };
}

function holds({ text, reasoning, model, toolCalls }: ModelReply, secret: string): boolean {
  return [text, reasoning, model, ...toolCalls.flatMap((call) => [call.id, call.name, call.arguments])].some(
    (written) => written?.includes(secret) === true,
  );
}
