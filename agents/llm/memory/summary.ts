import type { Aside, MemoryKind } from '../memory.js';
import { messagesOf, type PastTurn } from '../past.js';
import { readTurns } from '../turns.js';

/**
 * Notes that the same model keeps. They are brought up to date whenever twice the kept turns have gathered, and then
 * cover all but the last of them, so that a summary is paid for once in so many turns.
 */
const summary: MemoryKind = {
  id: 'summary',
  title: 'the last turns, and notes on all before, kept by the same model',
  usage: 'summary:<turns>, for example summary:4',
  open(argument) {
    const kept = readTurns('summary', argument);
    return () => {
      let notes = '';
      let covered = 0;
      return async (past, aside) => {
        if (past.length - covered >= 2 * kept) {
          const until = past.length - kept;
          notes = await summarise(notes, past.slice(covered, until), aside);
          covered = until;
        }
        return { notes: notes === '' ? '' : `Your notes on earlier turns:\n${notes}`, turns: past.slice(covered) };
      };
    };
  },
};

export default summary;

const ASK = `Bring your notes up to date, for you will remember nothing else of these turns. Keep every fact, promise and
suspicion that may still matter, and who said it. Leave out what does not. Write the new notes and nothing else.`;

async function summarise(notes: string, turns: readonly PastTurn[], aside: Aside): Promise<string> {
  const before = notes === '' ? 'You have no notes yet.' : `Your notes so far:\n${notes}`;
  const lines = messagesOf(turns).map((message) => {
    const said = message.tool_calls === undefined ? message.content : JSON.stringify(message.tool_calls);
    return `${message.role === 'assistant' ? 'You' : 'Told to you'}: ${String(said)}`;
  });
  return aside([{ role: 'user', content: `${before}\n\nSince then:\n${lines.join('\n\n')}\n\n${ASK}` }]);
}
