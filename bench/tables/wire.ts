import { WebSocket } from 'undici';

type Heard = (event: string, args: readonly unknown[]) => void;

/**
 * One socket of socket.io 3 or 4 in one namespace, with as little in between as can be, so that what is measured is the
 * server. SEE: Engine.IO protocol 4 and Socket.IO protocol 5: 0 open, 2 ping, 3 pong, 40 connect, 42 event.
 */
export class Wire {
  heard: Heard = () => {};
  closed = false;
  readonly #socket: WebSocket;
  readonly #head: string;

  private constructor(socket: WebSocket, namespace: string) {
    this.#socket = socket;
    this.#head = `42/${namespace},`;
  }

  static open(url: string, namespace: string): Promise<Wire> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const wire = new Wire(socket, namespace);
    return new Promise((resolve, reject) => {
      socket.addEventListener('close', () => {
        wire.closed = true;
      });
      socket.addEventListener('error', () => reject(new Error('the socket failed')));
      socket.addEventListener('message', ({ data }) => {
        const text = data as string;
        if (text.startsWith(wire.#head)) wire.#hear(text);
        else if (text === '2') socket.send('3');
        else if (text.startsWith('0')) socket.send(`40/${namespace},`);
        else if (text.startsWith('40')) resolve(wire);
      });
    });
  }

  send(...message: readonly unknown[]): void {
    this.#socket.send(this.#head + JSON.stringify(message));
  }

  close(): void {
    this.#socket.close();
  }

  #hear(text: string): void {
    const [event, ...args] = JSON.parse(text.slice(this.#head.length)) as [string, ...unknown[]];
    this.heard(event, args);
  }
}
