import { describe, expect, it } from 'vitest';
import { Budget, budgeted } from './budget.js';
import { type Clock, Limiter, limited } from './limits.js';
import { type Model, ModelError, type ModelReply, type ModelRequest } from './model.js';
import { Pace } from './pace.js';
import { costOf, priced } from './priced.js';

const REQUEST: ModelRequest = { messages: [{ role: 'user', content: 'hello' }], parameters: { maxTokens: 10 } };

function reply(promptTokens = 10, completionTokens = 5): ModelReply {
  const usage = { promptTokens, completionTokens, cachedTokens: null, reasoningTokens: null };
  return { text: '', reasoning: null, toolCalls: [], finish: 'stop', model: 'm', usage, tokens: null, logprobs: null };
}

/** A model that does what it is told, call by call. */
function telling(...outcomes: (ModelReply | Error)[]): Model & { calls: number } {
  const model = {
    id: 'x/m',
    calls: 0,
    call: async () => {
      const outcome = outcomes[model.calls++ % outcomes.length] as ModelReply | Error;
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  };
  return model;
}

describe('a pace', () => {
  it('lets no minute see more than its amount', () => {
    let now = 0;
    const pace = new Pace(100, () => now);
    const taken: number[] = [];
    for (let at = 0; at < 500; at++) {
      now += pace.take(1);
      taken.push(now);
    }
    for (const start of taken) {
      expect(taken.filter((time) => time >= start && time < start + 60_000).length).toBeLessThanOrEqual(101);
    }
    expect(now / 60_000).toBeLessThan(5.6);
  });

  it('takes back what was too much, and never holds more than its burst', () => {
    const pace = new Pace(600, () => 0);
    expect(pace.take(60)).toBe(0);
    expect(Math.abs(pace.take(9) - 1000)).toBeLessThanOrEqual(1);
    pace.giveBack(1e6);
    expect(pace.take(60)).toBe(0);
    expect(Math.abs(pace.take(9) - 1000)).toBeLessThanOrEqual(1);
  });
});

describe('limits', () => {
  it('run only so many calls at once, whichever agents make them', async () => {
    let running = 0;
    let most = 0;
    const slow: Model = {
      id: 'x/m',
      call: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return reply();
      },
    };
    const limiter = new Limiter({ concurrency: 3 });
    const two = [limited(slow, limiter), limited(slow, limiter)];
    await Promise.all(Array.from({ length: 20 }, (_, at) => (two[at % 2] as Model).call(REQUEST, null)));
    expect(most).toBe(3);
    expect(limiter.busy).toBe(0);
  });

  it('wait for requests and tokens of a minute', async () => {
    let now = 0;
    const waits: number[] = [];
    const clock: Clock = {
      now: () => now,
      sleep: async (ms) => {
        waits.push(ms);
        now += ms;
      },
    };
    const model = limited(telling(reply(900, 100)), new Limiter({ concurrency: 1, tokensPerMinute: 10_000 }, clock));
    for (let call = 0; call < 3; call++) await model.call(REQUEST, null);
    // NOTE: two replies of 1,000 tokens at a rate of 9,000 a minute after a burst of 1,000.
    expect(now).toBeGreaterThan(6000);
    expect(waits.length).toBeGreaterThan(0);
  });

  it('let go of a call that is no longer wanted', async () => {
    const limiter = new Limiter({ concurrency: 1 });
    const stop = new AbortController();
    const stuck: Model = { id: 'x/m', call: () => new Promise(() => undefined) };
    void limited(stuck, limiter).call(REQUEST, null);
    const waiting = limited(telling(reply()), limiter).call(REQUEST, stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(limiter.busy).toBe(1);
    await expect(limited(telling(reply()), limiter).call(REQUEST, stop.signal)).rejects.toThrow('enough');
  });

  it('let in whoever came first, and lose no place to a call that failed or went away', async () => {
    const limiter = new Limiter({ concurrency: 1 });
    const begun: number[] = [];
    const stop = new AbortController();
    const calls = Array.from({ length: 5 }, (_, at) => {
      const model: Model = {
        id: 'x/m',
        call: async () => {
          begun.push(at);
          await new Promise((resolve) => setImmediate(resolve));
          if (at === 1) throw new Error('failed');
          return reply();
        },
      };
      return limited(model, limiter).call(REQUEST, at === 2 ? stop.signal : null);
    });
    stop.abort(new Error('enough'));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(begun).toEqual([0, 1, 3, 4]);
    expect(limiter.busy).toBe(0);
  });
});

describe('prices', () => {
  it('count cached tokens by their own price', () => {
    const usage = { promptTokens: 1000, completionTokens: 100, cachedTokens: 400, reasoningTokens: 50 };
    expect(costOf(usage, { input: 1, output: 10, cached: 0.5 })).toBeCloseTo((600 + 200 + 1000) / 1e6, 12);
    expect(costOf(usage, { input: 1, output: 10 })).toBeCloseTo((1000 + 1000) / 1e6, 12);
    expect(costOf({ ...usage, promptTokens: null }, { input: 1, output: 10 })).toBeNull();
  });

  it('stand in the usage of replies and of failed calls', async () => {
    const refused = new ModelError('refused', 'no', { usage: reply(100, 0).usage });
    const model = priced(telling(reply(1000, 100), refused), { input: 1, output: 10 });
    expect((await model.call(REQUEST, null)).usage?.cost).toBeCloseTo(0.002, 12);
    await expect(model.call(REQUEST, null)).rejects.toMatchObject({ kind: 'refused', usage: { cost: 0.0001 } });
  });
});

describe('a budget', () => {
  const price = { input: 1, output: 10 };

  it('refuses the call that could exceed it, and lets nothing be exceeded by calls at once', async () => {
    const inner = telling(reply(20, 10));
    const budget = new Budget({ tokens: 200 });
    const model = budgeted(inner, budget);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => model.call(REQUEST, null)));
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect(outcomes.at(-1)).toMatchObject({ reason: { kind: 'over-budget' } });
    expect(inner.calls).toBeLessThan(10);
    expect(budget.spent.tokens).toBe(30 * inner.calls);
    expect(budget.spent.tokens).toBeLessThanOrEqual(200);
  });

  it('goes on as long as the next call fits', async () => {
    const inner = telling(reply(20, 10));
    const model = budgeted(inner, new Budget({ cost: 0.001 }), price);
    await expect(
      (async () => {
        for (;;) await model.call(REQUEST, null);
      })(),
    ).rejects.toMatchObject({ kind: 'over-budget' });
    expect(inner.calls).toBe(7);
  });

  it('pays in full for a call that broke off, and nothing for one that never began', async () => {
    const spent = async (error: Error) => {
      const budget = new Budget({ tokens: 1000 });
      await expect(budgeted(telling(error), budget).call(REQUEST, null)).rejects.toBe(error);
      return budget.spent.tokens;
    };
    expect(await spent(new ModelError('rate-limited', ''))).toBe(0);
    expect(await spent(new ModelError('timeout', ''))).toBeGreaterThan(10);
    expect(await spent(new Error('aborted'))).toBeGreaterThan(10);
    expect(await spent(new ModelError('refused', '', { usage: reply(7, 1).usage }))).toBe(8);
  });

  it('ends with its time', async () => {
    let now = 0;
    const model = budgeted(telling(reply()), new Budget({ wallMs: 1000 }, () => now));
    await model.call(REQUEST, null);
    now = 1000;
    await expect(model.call(REQUEST, null)).rejects.toMatchObject({ kind: 'over-budget' });
  });

  it('needs a price for costs and the most an answer may take', async () => {
    expect(() => budgeted(telling(reply()), new Budget({ cost: 1 }))).toThrow(/has no price/);
    const model = budgeted(telling(reply()), new Budget({ tokens: 100 }));
    await expect(model.call({ ...REQUEST, parameters: {} }, null)).rejects.toThrow(/needs the parameter maxTokens/);
  });
});
