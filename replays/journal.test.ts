import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import random from '../agents/random.js';
import goofspiel from '../envs/goofspiel/index.js';
import type { AgentFactory } from '../src/core/agent.js';
import { readConfig } from '../src/core/config.js';
import type { Table } from '../src/core/play.js';
import { readJournal, type Unfinished } from './journal.js';
import { journalOf, playRecorded, resumeTable } from './session.js';
import { verify } from './verify.js';

it('a game cut off again before it took a step still knows where its dice stood', async () => {
  const home = mkdtempSync(join(tmpdir(), 'ludus-journal-'));
  const agent = (await random.open('')) as AgentFactory;
  const agents = [agent, agent];
  const table: Table = { environment: goofspiel, config: readConfig(goofspiel.spec), seed: 1, agents };
  /** Plays until so many steps have been told, and leaves a copy of the journal as a kill would. */
  const cut = async (name: string, from: Table, steps: number): Promise<Unfinished> => {
    const file = join(home, name);
    for await (const progress of playRecorded({ table: from, specs: ['random', 'random'], file })) {
      if (progress.kind !== 'step' || progress.index < steps - 1) continue;
      copyFileSync(journalOf(file), join(home, `${name}.cut`));
      break;
    }
    return readJournal(join(home, `${name}.cut`)) as Unfinished;
  };
  const first = await cut('first', table, 9);
  const second = await cut('second', resumeTable(first, goofspiel, agents), 9);
  expect(second.past).toEqual(first.past);
  expect(Object.keys(second.past.streams)).toContain('chance');
  const game = {
    table: resumeTable(second, goofspiel, agents),
    specs: ['random', 'random'],
    file: join(home, 'third'),
  };
  const playing = playRecorded(game);
  let next = await playing.next();
  while (next.done !== true) next = await playing.next();
  expect(verify(next.value, goofspiel)).toBeNull();
});
