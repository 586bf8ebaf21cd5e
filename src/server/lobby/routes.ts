import { Hono } from 'hono';
import { read, readBody } from '../http/body.js';
import type { Visit } from '../http/visit.js';
import { Refused } from '../wire/refused.js';
import { againBody, createBody, joinBody, leaveBody, whereQuery } from './bodies.js';
import type { Lobby } from './lobby.js';

/** boardgame.io's lobby: what its LobbyClient asks, as its server would answer. Mounted at /games. */
export function gameRoutes(lobby: Lobby): Hono<Visit> {
  const { hall } = lobby.plan;
  return new Hono<Visit>()
    .get('/', (c) => c.json([...lobby.plan.environments.keys()]))
    .get('/:name', (c) => c.json({ matches: lobby.list(c.req.param('name'), read(whereQuery, c.req.query())) }))
    .post('/:name/create', async (c) => {
      const body = await readBody(c.req.raw, createBody);
      const { id } = await lobby.create(c.req.param('name'), body, c.var.address);
      return c.json({ matchID: id });
    })
    .get('/:name/:id', (c) => c.json(lobby.match(c.req.param('name'), c.req.param('id'))))
    .post('/:name/:id/join', async (c) => {
      const { playerName, playerID, credentials, consent } = await readBody(c.req.raw, joinBody);
      const { seat, token } = await hall.join(c.req.param('id'), c.req.param('name'), {
        name: playerName,
        ...(playerID === undefined ? {} : { seat: Number(playerID) }),
        ...(credentials === undefined ? {} : { token: credentials }),
        ...(consent === undefined ? {} : { consent }),
      });
      return c.json({ playerID: String(seat), playerCredentials: token });
    })
    .post('/:name/:id/leave', async (c) => {
      const { playerID, credentials } = await readBody(c.req.raw, leaveBody);
      await hall.leave(c.req.param('id'), c.req.param('name'), Number(playerID), credentials);
      return c.json({});
    })
    .post('/:name/:id/playAgain', async (c) => {
      const body = await readBody(c.req.raw, againBody);
      const { name, id } = c.req.param();
      const { next, seat, token } = await lobby.playAgain(name, id, body, c.var.address);
      return c.json({ nextMatchID: next.id, playerID: String(seat), playerCredentials: token });
    })
    .post('/:name/:id/:verb{update|rename}', () => {
      throw new Refused('unknown action', 'names stay as they were given when sitting down');
    });
}
