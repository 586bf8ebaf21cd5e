import type { CloningTask, Material } from '../task.js';

/** What an oracle may know: all that the seat is told, and nothing of what is right. */
export type Told = Pick<CloningTask, 'question' | 'options' | 'materials'>;

/** The question read by a pattern. @throws Error where it is not of the kind meant */
export function words(told: Told, pattern: RegExp): string[] {
  const found = pattern.exec(told.question);
  if (found === null) throw new Error(`not a question of ${pattern}: ${told.question}`);
  return found.slice(1);
}

export function material({ materials }: Told, key: string | undefined): Material {
  const found = materials.find((one) => one.key === key);
  if (found === undefined) throw new Error(`no molecule ${key} was given`);
  return found;
}

export function dnaOf(told: Told, key: string | undefined): string {
  return material(told, key).sequence;
}

/** The molecules an option names. */
export function named(told: Told, option: string): string[] {
  return (option.match(/seq-[0-9a-f]{4}/g) ?? []).map((key) => dnaOf(told, key));
}

/** The only option of which something holds. @throws Error where it holds of none or of several */
export function only({ options }: Told, holds: (option: string) => boolean): string {
  const right = options.filter(holds);
  if (right.length !== 1) throw new Error(`${right.length} options are right: ${right.join(' | ')}`);
  return right[0] as string;
}
