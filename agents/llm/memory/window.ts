import type { MemoryKind } from '../memory.js';
import { readTurns, turnsInWords } from '../turns.js';

const window: MemoryKind = {
  id: 'window',
  title: 'the last turns only',
  usage: 'window:<turns>, for example window:4',
  open(argument) {
    const most = readTurns('window', argument);
    return () => (past) => {
      const left = Math.max(0, past.length - most);
      return { notes: left === 0 ? '' : `(You no longer remember ${turnsInWords(left)}.)`, turns: past.slice(left) };
    };
  },
};

export default window;
