import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { messageOf } from '../../core/errors.js';

interface Open {
  readonly fd: number;
  size: number;
  /** Whether something was written that no sync has seen to. */
  dirty: boolean;
  syncing: boolean;
  /** Whether it is to be closed as soon as its sync is through. */
  left: boolean;
}

const dataSync = promisify(fdatasync);

/**
 * Files of lines that are appended to, any number of them with only some open at once. What is appended is with the
 * system when `append` returns: the end of this process loses nothing of it.
 */
export class Files {
  readonly #most: number;
  readonly #synced: boolean;
  /** The one used last comes last. */
  readonly #open = new Map<string, Open>();

  /**
   * @param most how many may be open at once
   * @param synced whether `sync` is going to be called; files that wait for it stay open, however many they are
   */
  constructor(most: number, synced = false) {
    this.#most = most;
    this.#synced = synced;
  }

  /** How many are open. */
  get open(): number {
    return this.#open.size;
  }

  /** How long a file is, in bytes. */
  size(file: string): number {
    return this.#file(file).size;
  }

  /** Appends lines, newlines included. @throws Error of the system; then the file is cut to what it was */
  append(file: string, lines: string): void {
    const open = this.#file(file);
    const bytes = Buffer.from(lines);
    open.dirty = true;
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(open.fd, bytes, at);
    } catch (error) {
      cutBack(open, error);
    }
    open.size += bytes.length;
  }

  /** Makes a file end at a size. */
  cut(file: string, size: number): void {
    const open = this.#file(file);
    ftruncateSync(open.fd, size);
    open.size = size;
    open.dirty = true;
  }

  /** Removes a file, which need not be there. */
  remove(file: string): void {
    const open = this.#open.get(file);
    if (open !== undefined) this.#close(file, open);
    rmSync(file, { force: true });
  }

  /** Gives a file another name, in the place of whatever had it. NOTE: it stays open, because it may wait for the disk. */
  move(file: string, to: string): void {
    const open = this.#file(file);
    const before = this.#open.get(to);
    if (before !== undefined) this.#close(to, before);
    renameSync(file, to);
    this.#open.delete(file);
    this.#open.set(to, open);
  }

  /** Waits until the disk has all that was written so far. */
  async sync(): Promise<void> {
    const dirty = [...this.#open.values()].filter((open) => open.dirty);
    const done = await Promise.allSettled(dirty.map(syncOne));
    this.#makeRoom(0);
    for (const one of done) if (one.status === 'rejected') throw one.reason;
  }

  close(): void {
    for (const [file, open] of this.#open) this.#close(file, open);
  }

  #file(file: string): Open {
    let open = this.#open.get(file);
    if (open === undefined) {
      this.#makeRoom(1);
      open = opened(file);
    } else this.#open.delete(file);
    this.#open.set(file, open);
    return open;
  }

  #makeRoom(wanted: number): void {
    for (const [file, open] of this.#open) {
      if (this.#open.size + wanted <= this.#most) return;
      if (!this.#synced || !(open.dirty || open.syncing)) this.#close(file, open);
    }
  }

  #close(file: string, open: Open): void {
    this.#open.delete(file);
    if (open.syncing) open.left = true;
    else closeSync(open.fd);
  }
}

/** @throws the error, after the file was cut to what it was; where that fails too, whoever reads it cuts it */
function cutBack({ fd, size }: Open, error: unknown): never {
  try {
    ftruncateSync(fd, size);
  } catch (second) {
    throw new AggregateError([error, second], messageOf(error));
  }
  throw error;
}

function opened(file: string): Open {
  const fd = openSync(file, 'a');
  return { fd, size: fstatSync(fd).size, dirty: false, syncing: false, left: false };
}

async function syncOne(open: Open): Promise<void> {
  open.dirty = false;
  open.syncing = true;
  try {
    await dataSync(open.fd);
  } finally {
    open.syncing = false;
    if (open.left) closeSync(open.fd);
  }
}
