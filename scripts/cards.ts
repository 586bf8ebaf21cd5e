import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Catalogue } from '../src/core/catalogue.js';
import { messageOf } from '../src/core/errors.js';
import { currentCard } from '../src/laws/card-file.js';

/** Writes the generated part of every card, or of those named. `npm run cards -- kuhn-poker` */
const catalogue = new Catalogue();
const ids = process.argv.length > 2 ? process.argv.slice(2) : (await catalogue.all()).map(({ spec }) => spec.id);

for (const id of ids) {
  try {
    const environment = await catalogue.environment(id);
    const file = join(catalogue.entry(id).folder, 'README.md');
    const card = readFileSync(file, 'utf8');
    const current = currentCard(environment, card);
    if (current !== card) writeFileSync(file, current);
    console.log(`${id}: ${current === card ? 'unchanged' : 'written'}`);
  } catch (thrown) {
    console.error(`${id}: ${messageOf(thrown)}`);
    process.exitCode = 1;
  }
}
