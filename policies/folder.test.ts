import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import kuhn from '../envs/kuhn-poker/index.js';
import { canonical, fileOf, fingerprintOf, readPolicy, refuseOther, writePolicy } from './folder.js';
import type { PolicyManifest, SavedPolicy } from './saved.js';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ludus-policy-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const manifest: PolicyManifest = {
  format: 1,
  kind: 'table',
  environment: { id: 'kuhn-poker', version: kuhn.spec.version, config: { players: 2 } },
  algorithm: { id: 'cfr+', options: {}, seed: '1', iterations: 10 },
  metrics: { nashConv: 0.5 },
  files: {},
  details: {},
};
const saved: SavedPolicy = { manifest, files: { 'table.bin': Uint8Array.of(1, 2, 3), 'more.bin': new Uint8Array(0) } };

describe('a policy folder', () => {
  it('is read back as it was written, with the fingerprints of its files and one of the whole', () => {
    const folder = join(home, 'deep/er/policy');
    const hash = writePolicy(folder, saved);
    const found = readPolicy(folder);
    expect(found.files).toEqual(saved.files);
    expect(found.hash).toBe(hash);
    expect(found.hash).toBe(fingerprintOf(readFileSync(join(folder, 'policy.json'))));
    // SEE: printf '\001\002\003' | sha256sum
    expect(found.manifest.files['table.bin']).toBe('039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81');
    expect(readdirSync(join(home, 'deep/er'))).toEqual(['policy']);
  });

  it('replaces an older policy whole, and nothing else', () => {
    const folder = join(home, 'replaced');
    writePolicy(folder, saved);
    writePolicy(folder, { manifest: { ...manifest, metrics: {} }, files: { 'table.bin': Uint8Array.of(9) } });
    expect(readdirSync(folder).sort()).toEqual(['policy.json', 'table.bin']);
    expect(readPolicy(folder).manifest.metrics).toEqual({});
    const other = join(home, 'thesis');
    mkdirSync(other);
    writeFileSync(join(other, 'thesis.txt'), 'years of work');
    expect(() => writePolicy(other, saved)).toThrow('thesis is there already and is no policy folder');
    expect(() => writePolicy(join(other, 'thesis.txt'), saved)).toThrow('no policy folder');
    expect(readdirSync(other)).toEqual(['thesis.txt']);
    expect(existsSync(`${other}.new`)).toBe(false);
  });

  it('says which file is wrong', () => {
    const folder = join(home, 'broken');
    const file = join(folder, 'table.bin');
    const broken = (): unknown => readPolicy(folder);
    expect(broken).toThrow(`there is no ${join(folder, 'policy.json')}`);
    writePolicy(folder, saved);
    writeFileSync(file, Uint8Array.of(1, 2, 4));
    expect(broken).toThrow(`${file} is not what was saved`);
    rmSync(file);
    expect(broken).toThrow(`${file} is missing`);
    const written = join(folder, 'policy.json');
    const text = readFileSync(written, 'utf8');
    for (const [from, to, reason] of [
      ['"format": 1', '"format": 2', 'format: this version of Ludus reads format 1'],
      ['"table.bin"', '"../table.bin"', 'files'],
      ['"kind": "table"', '"kind": "chart"', 'kind'],
      ['{', '', 'is not JSON'],
    ] as const) {
      writeFileSync(written, text.replace(from, to));
      expect(broken, to).toThrow(reason);
      expect(broken, to).toThrow(written);
    }
  });

  it('has no file that it does not name', () => {
    expect(fileOf(saved, 'table.bin')).toEqual(Uint8Array.of(1, 2, 3));
    expect(() => fileOf(saved, 'net.onnx')).toThrow('names no "net.onnx", which a policy of kind "table" needs');
  });
});

describe('a policy for another game', () => {
  const made = (environment: Partial<PolicyManifest['environment']>): PolicyManifest => ({
    ...manifest,
    environment: { ...manifest.environment, ...environment },
  });

  it('is refused with a reason that names both', () => {
    const refused =
      (told: PolicyManifest, config = { players: 2 }): (() => void) =>
      () =>
        refuseOther(told, kuhn, config);
    expect(refused(manifest)).not.toThrow();
    expect(refused(made({ id: 'nim' }))).toThrow('was made for nim, and this is kuhn-poker');
    expect(refused(made({ version: '0.9.0' }))).toThrow(
      `made for kuhn-poker 0.9.0, and this is kuhn-poker ${kuhn.spec.version}: solve or train it again`,
    );
    expect(refused(manifest, { players: 3 })).toThrow('made for kuhn-poker with players = 2, and here it is 3');
    expect(refused(made({ config: { players: 2, extra: { deep: 1, more: 2 } } }))).toThrow(
      'with extra = {"deep":1,"more":2}, and here it is nothing',
    );
    expect(refused(made({ config: { players: 4, talk: true } }))).toThrow(
      'players = 4, and here it is 2 (and 1 more field)',
    );
  });

  it('and the order of fields makes no other game', () => {
    expect(canonical({ b: [1, { d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":null,"d":1}]}');
    expect(canonical({ a: 'x', b: [1, { c: null, d: 1 }] })).toBe(canonical({ b: [1, { d: 1, c: null }], a: 'x' }));
  });
});
