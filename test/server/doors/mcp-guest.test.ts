import { expect, it } from 'vitest';
import type { AgentFactory, Decision } from '../../../src/core/agent.js';
import { Catalogue } from '../../../src/core/catalogue.js';
import { Guest } from '../../../src/server/doors/mcp/guest.js';
import { Sessions } from '../../../src/server/doors/sessions.js';

const problem = (error: unknown) => expect.fail(String(error));

it('says that others play when it takes them long, and shows the turn once they have', async () => {
  let moved: (decision: Decision) => void = problem;
  const slow: AgentFactory = () => ({
    manifest: { agent: 'slow' },
    act: () => new Promise((resolve) => (moved = resolve)),
  });
  const environment = await new Catalogue({ environments: [], agents: [] }).environment('tic-tac-toe');
  const house = {
    environments: new Map([['tic-tac-toe', environment]]),
    agents: new Map([['slow', { name: 'slow', title: 'slow', factory: slow }]]),
    ...{ sessions: new Sessions('mcp', { most: 9, idleMs: 1e9, problem }), admits: () => true, callMs: 1000, problem },
  };
  const guest = new Guest(house, 5);
  const { session, status } = await guest.start('tic-tac-toe', { seat: 1 });
  expect(status).toBe('others play');
  expect(await guest.act(session, { answer: 'a1' })).toMatchObject({ status: 'others play', isUnseen: true });
  const waiting = guest.observe(session);
  moved({ move: 'b2' });
  const seen = await waiting;
  expect(seen).toMatchObject({ status: 'your turn', turn: 1 });
  expect(seen.text).toContain('You are player_1.');
  expect(await guest.act(session, { answer: 'a1' })).toMatchObject({ status: 'others play' });
  await guest.closeAll();
  expect(house.sessions.size).toBe(0);
});
