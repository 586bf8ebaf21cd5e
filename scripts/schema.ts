import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { recordSchema } from '../replays/schema.js';

/** Writes the published JSON Schema of records. A test fails when it is not current. */
writeFileSync(
  fileURLToPath(new URL('../docs/record.schema.json', import.meta.url)),
  `${JSON.stringify(recordSchema(), null, 2)}\n`,
);
