import type { AgentFamily } from '../src/core/agent.js';
import { keyOf, readRemote } from './remote/argument.js';
import { overHttp } from './remote/http.js';
import { overSocket } from './remote/socket.js';

/** Anybody's agent, wherever it runs and whatever it is written in. docs/remote-agents.md tells what it must answer. */
const remote: AgentFamily = {
  id: 'remote',
  title: 'an agent elsewhere, asked over HTTP or a WebSocket',
  usage:
    'remote:<address>[,timeoutMs=60000][,agents=64][,keyEnv=<variable>], for example remote:http://localhost:9000/agent',
  open(argument) {
    const there = readRemote(argument);
    const seat = /^ws/.test(there.url.protocol) ? overSocket : overHttp;
    return seat(there, keyOf(there), { agent: `remote:${argument}` });
  },
  limits(argument) {
    const { url, agents } = readRemote(argument);
    return { pool: url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin, agents };
  },
};

export default remote;
