import { createServer } from 'node:http';
import connectFour from '../../../envs/connect-four/index.js';
import goofspiel from '../../../envs/goofspiel/index.js';
import leduc from '../../../envs/leduc-poker/index.js';
import ticTacToe from '../../../envs/tic-tac-toe/index.js';
import { readConfig } from '../../../src/core/config.js';
import { Hall } from '../../../src/server/matches/hall.js';
import { Sockets } from '../../../src/server/sockets/sockets.js';
import { openStore } from '../../../src/server/storage/open.js';
import { NO_CLOCK } from '../tables.js';

/** A server of tables in a process of its own, to be killed: `child.ts <store> <port>`. Makes matches when told to. */
const [where = '', port = '0'] = process.argv.slice(2);
const environments = new Map([ticTacToe, leduc, goofspiel, connectFour].map((one) => [one.spec.id, one]));
const tell = (message: object) => void process.send?.(message);
const problem = (error: unknown) => tell({ problem: String((error as Error).stack ?? error) });
const sockets = new Sockets({
  origins: null,
  rate: { burst: 1e6, perSecond: 1e6 },
  spectators: 10,
  problem,
});
const store = await openStore(where, { told: (notice) => tell({ notice }) });
const hall = new Hall({ environments, agents: new Map(), store, events: sockets, problem });
const http = createServer();
sockets.open(http, hall, [...environments.keys()]);
const resumed = await hall.resume();
await new Promise<void>((resolve) => http.listen(Number(port), '127.0.0.1', resolve));

process.on('message', async (game: string) => {
  const { spec } = environments.get(game) as NonNullable<ReturnType<typeof environments.get>>;
  const made = { clock: NO_CLOCK, consent: true, standIn: null, agents: {}, unlisted: false };
  const { id, seats } = await hall.create({ ...made, game, config: readConfig(spec) });
  const tokens: string[] = [];
  for (const seat of seats.keys()) tokens.push((await hall.join(id, game, { name: `p${seat}`, seat })).token);
  tell({ match: { id, game, tokens } });
});
tell({ ready: { port: (http.address() as { port: number }).port, resumed, kept: [...hall.kept] } });
