import { z } from 'zod';
import { UserError } from '../../../src/core/errors.js';
import type { JsonObject } from '../../../src/core/json.js';
import { issuesOf } from '../../../src/core/space.js';

/** The options of solvers that have none. */
export const noOptions = z.strictObject({});

/** Options with every default filled in. @throws UserError that names the option, what it got and what it takes */
export function readOptions<O extends JsonObject>(schema: z.ZodType<O>, options: JsonObject): O {
  const read = schema.safeParse(options);
  if (read.success) return read.data;
  throw new UserError(`options of the solver: ${issuesOf(read.error, options)}`);
}
