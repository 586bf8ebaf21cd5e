import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';

/** A file that went in, by name and content. */
export interface Input {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Reads files once more for their hashes, in flat memory. */
export async function inputsOf(files: readonly string[]): Promise<Input[]> {
  const found: Input[] = [];
  for (const file of files) found.push(await inputOf(file));
  return found;
}

async function inputOf(file: string): Promise<Input> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { file: basename(file), bytes, sha256: hash.digest('hex') };
}
