import { z } from 'zod';
import { type Model, ModelError, type Usage } from './model.js';

const amount = z.number().nonnegative();

/** What a model costs, for a million tokens each. Reasoning is output; cached input costs as other input if not said. */
export const PRICE = z.strictObject({ input: amount, output: amount, cached: amount.exactOptional() });
export type Price = z.infer<typeof PRICE>;

/** A model whose usage tells what each call cost, failed ones that were paid for included. */
export function priced(model: Model, price: Price): Model {
  const withCost = (usage: Usage | null): Usage | null => {
    const cost = usage === null ? null : costOf(usage, price);
    return usage === null || cost === null ? usage : { ...usage, cost };
  };
  return {
    ...model,
    async call(request, signal) {
      try {
        const reply = await model.call(request, signal);
        return { ...reply, usage: withCost(reply.usage) };
      } catch (thrown) {
        if (!(thrown instanceof ModelError) || thrown.usage === null) throw thrown;
        const { kind, message, retryAfterMs, usage } = thrown;
        throw new ModelError(kind, message, { retryAfterMs, usage: withCost(usage) });
      }
    },
  };
}

/** The price of a call; null where the provider did not count its tokens. */
export function costOf({ promptTokens, completionTokens, cachedTokens }: Usage, price: Price): number | null {
  if (promptTokens === null || completionTokens === null) return null;
  const cached = cachedTokens ?? 0;
  const millionths =
    (promptTokens - cached) * price.input + cached * (price.cached ?? price.input) + completionTokens * price.output;
  return millionths / 1e6;
}
