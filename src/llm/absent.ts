import { messageOf, UserError } from '../core/errors.js';

/** What to tell a user when an optional package cannot be loaded; other errors as they are. */
export function absent(thrown: unknown, name: string, id: string): unknown {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (code !== 'ERR_MODULE_NOT_FOUND' || !messageOf(thrown).includes(name)) return thrown;
  return new UserError(`"${id}" needs the package ${name}, which is not installed: npm install ${name}`);
}
