import { spawnSync } from 'node:child_process';

/** Installs a package of Debian. Gives the reason where that cannot be done. */
export function aptInstall(name: string): string | null {
  if (process.getuid?.() !== 0) return `not installed; as root: apt-get install ${name}`;
  apt('update');
  return apt('install', '-y', '--no-install-recommends', name);
}

function apt(...words: string[]): string | null {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { error, status, stderr } = spawnSync('apt-get', words, { encoding: 'utf8', env, timeout: 240_000 });
  if (error !== undefined) return `apt-get: ${error.message}`;
  return status === 0 ? null : `apt-get ${words[0]}: ${stderr.trim().split('\n').at(-1)}`;
}
