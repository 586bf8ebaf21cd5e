import type { Seated } from './seated.js';

/**
 * What this browser keeps: the seats somebody took, with what proves it, their name, their private notes, and whether
 * they would rather read a table than look at it.
 */

export function keptSeat(matchID: string): Seated | null {
  return read(`seat:${matchID}`) as Seated | null;
}

export function keepSeat(matchID: string, seated: Seated): void {
  write(`seat:${matchID}`, seated);
}

export function dropSeat(matchID: string): void {
  write(`seat:${matchID}`, null);
}

export function keptName(): string {
  return (read('name') as string | null) ?? '';
}

export function keepName(name: string): void {
  write('name', name);
}

export function keptPlain(): boolean {
  return read('plain') === true;
}

export function keepPlain(plain: boolean): void {
  write('plain', plain ? true : null);
}

export function keptNote(key: string): string {
  return (read(`note:${key}`) as string | null) ?? '';
}

export function keepNote(key: string, text: string): void {
  write(`note:${key}`, text === '' ? null : text);
}

/** NOTE: a browser may forbid storage or hold what another version wrote; then nothing was kept. */
function read(key: string): unknown {
  try {
    return JSON.parse(window.localStorage.getItem(`ludus:${key}`) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === null) window.localStorage.removeItem(`ludus:${key}`);
    else window.localStorage.setItem(`ludus:${key}`, JSON.stringify(value));
  } catch {
    // NOTE: without storage the page still plays until it is closed.
  }
}
