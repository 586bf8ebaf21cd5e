import { UserError } from '../../../src/core/errors.js';
import type { MemoryKind } from '../memory.js';

const full: MemoryKind = {
  id: 'full',
  title: 'every turn, word for word',
  usage: 'full',
  open(argument) {
    if (argument !== '') throw new UserError(`memory full takes no argument, got "${argument}"`);
    return () => (turns) => ({ notes: '', turns });
  },
};

export default full;
