import { Catalogue } from '../src/core/catalogue.js';
import { messageOf } from '../src/core/errors.js';
import { writeGolden } from '../src/laws/golden.js';

/** Writes the golden transcripts of the environments named, or of all. `npm run golden -- kuhn-poker` */
const catalogue = new Catalogue();
const ids = process.argv.length > 2 ? process.argv.slice(2) : (await catalogue.all()).map(({ spec }) => spec.id);

for (const id of ids) {
  try {
    const environment = await catalogue.environment(id);
    const written = writeGolden(environment, catalogue.entry(id).folder);
    console.log(`${id} ${environment.spec.version}: ${written}`);
    if (written !== 'refused') continue;
    console.error(
      `${id} plays otherwise than its golden.txt of the same version: raise the version in its spec, then run again`,
    );
  } catch (thrown) {
    console.error(messageOf(thrown));
  }
  process.exitCode = 1;
}
