import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { messageOf, UserError } from '../../../src/core/errors.js';
import { Shelf } from '../search/shelf.js';
import type { Paper } from '../task.js';
import { ENDINGS, paperOf } from './file.js';

/** The papers of a folder, and the files that could not be read, each with the reason. */
export interface Folder {
  readonly shelf: Shelf;
  readonly unread: readonly string[];
}

/** Environment variable that names the folder of papers. */
const VARIABLE = 'LUDUS_PAPERS';
/** Files of a folder, and bytes of a file, beyond which it is refused. */
const MOST_FILES = 20_000;
const MOST_BYTES = 100_000_000;

interface Listed {
  readonly path: string;
  readonly bytes: number;
  readonly changed: number;
}

/** NOTE: reading takes long and is asked for at every call; the folder is read anew when a file of it has changed. */
let kept: { readonly state: string; readonly folder: Promise<Folder> } | null = null;

/**
 * The folder that `LUDUS_PAPERS` names, with the folders in it: every .txt, .md and .pdf is a paper.
 * @throws UserError where no folder is named, or it is not there
 */
export async function readFolder(): Promise<Folder> {
  const root = process.env[VARIABLE];
  if (root === undefined || root === '')
    throw new UserError(`these questions are asked of your own papers: name their folder in ${VARIABLE}`);
  const files = await listed(root);
  const state = JSON.stringify([root, files]);
  if (kept?.state !== state) kept = { state, folder: readAll(root, files) };
  return kept.folder;
}

async function listed(root: string): Promise<Listed[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((thrown: unknown) => {
    throw new UserError(`the folder that ${VARIABLE} names cannot be read: ${codeOf(thrown)}`);
  });
  const files = entries.filter((entry) => entry.isFile() && ENDINGS.includes(extname(entry.name).toLowerCase()));
  if (files.length === 0) throw new UserError(`the folder that ${VARIABLE} names holds no ${ENDINGS.join(', ')} file`);
  if (files.length > MOST_FILES)
    throw new UserError(
      `the folder that ${VARIABLE} names holds ${files.length} files; at most ${MOST_FILES} are read`,
    );
  const paths = files.map((file) => relative(root, join(file.parentPath, file.name))).sort();
  return Promise.all(
    paths.map(async (path) => {
      const { size, mtimeMs } = await stat(join(root, path));
      return { path, bytes: size, changed: mtimeMs };
    }),
  );
}

async function readAll(root: string, files: readonly Listed[]): Promise<Folder> {
  const papers: Paper[] = [];
  const unread: string[] = [];
  for (const { path, bytes } of files) {
    const name = path.split(sep).join('/');
    try {
      if (bytes > MOST_BYTES) throw new UserError(`it has ${bytes} bytes; at most ${MOST_BYTES} are read`);
      papers.push(await paperOf(name, new Uint8Array(await readFile(join(root, path)))));
    } catch (thrown) {
      unread.push(`${name}: ${messageOf(thrown)}`);
    }
  }
  return { shelf: new Shelf(papers), unread };
}

/** NOTE: the message of such an error holds the whole path, which is nobody's business but the user's. */
function codeOf(thrown: unknown): string {
  return String((thrown as { code?: unknown } | null)?.code ?? 'unknown error');
}
