import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryIds, styleIds } from '../../agents/llm/found.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import werewolf from '../../envs/werewolf/index.js';
import type { AgentFactory } from '../../src/core/agent.js';
import type { Environment } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import type { ActionSpace } from '../../src/core/space.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { obliging } from './obliging.js';
import { agentOn, models, play } from './table.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer(obliging);
});
afterAll(async () => {
  await server.close();
  await models.close();
});

/** NOTE: the shortest of each memory, so that a short game reaches what it leaves out. */
const memories = memoryIds().map((id) => (id === 'full' ? id : `${id}:1`));
const pairs = styleIds().flatMap((style) => memories.map((memory) => [style, memory] as const));

/** Does what depends on nothing but its options: the last one, the same words. */
const steady: AgentFactory = () => ({
  manifest: { agent: 'steady' },
  act: ({ space }) => ({ move: lastOf(space) }),
});

function lastOf(space: ActionSpace): string {
  return space.kind === 'choice' ? (space.options.at(-1)?.id as string) : 'Good day.';
}

/** Every byte that a game sent to the server before its end. */
async function sent(agents: readonly AgentFactory[], environment: Environment, deal: readonly Json[], set = {}) {
  server.play(obliging);
  const past = { steps: deal.map((chance) => ({ chance })) };
  const { steps } = await play(agents, { environment, set, past, tries: 1, onFailure: 'substitute' });
  const turns = steps.filter(({ seats }) => seats?.[0] !== undefined).length;
  return { raw: server.received.map(({ raw }) => raw), turns };
}

describe('twin games that differ only in what is hidden from the seat send the same bytes', () => {
  it.each(pairs)('Kuhn poker, style %s, memory %s', async (style, memory) => {
    const roles = style === 'atomic' ? ':king/queen' : '';
    const agents = [await agentOn(server, `,style=${style}${roles},memory=${memory}`), steady];
    const one = await sent(agents, kuhn, ['Q', 'J']);
    expect(one.turns).toBe(2);
    expect(await sent(agents, kuhn, ['Q', 'K'])).toEqual(one);
    expect(await sent(agents, kuhn, ['J', 'K'])).not.toEqual(one);
  });

  it.each(pairs)('Werewolf, style %s, memory %s', async (style, memory) => {
    const model = await agentOn(server, `,style=${style},memory=${memory}`);
    const agents = [model, ...Array<AgentFactory>(6).fill(steady)];
    const deal = (...first: string[]) => [...first, 'werewolf', 'werewolf', 'doctor', 'villager'];
    const set = { maxRounds: 2 };
    const one = await sent(agents, werewolf, deal('villager', 'seer', 'villager'), set);
    expect(one.turns).toBeGreaterThan(3);
    expect(await sent(agents, werewolf, deal('villager', 'villager', 'seer'), set)).toEqual(one);
    expect(await sent(agents, werewolf, deal('seer', 'villager', 'villager'), set)).not.toEqual(one);
  });
});
