import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import { asks, draws, OVER, paying, written } from '../../test/written-game.js';
import { decodeTree, encodeTree } from './bytes.js';
import { compile } from './compile.js';

const catalogue = new Catalogue({ environments: [], agents: [] });
const kuhn = await catalogue.environment('kuhn-poker');
const config = readConfig(kuhn.spec);
const labels = (_: unknown, seat: number) => `side ${seat}`;

describe('a tree comes back from its bytes', () => {
  it.each([
    ['kuhn-poker', kuhn, config, {}],
    ['with what everybody knows', kuhn, config, { knowledge: true }],
    ['with labels', kuhn, readConfig(kuhn.spec, { preset: 'three' }), { labels }],
    ['over at the start', written(2, OVER), {}, {}],
    [
      'with turns of chance among ends',
      written(1, draws([0.1, paying(1)], [0.9, { scene: asks(0, { go: paying(2) }) }])),
      {},
      {},
    ],
  ])('%s', (_, environment, own, options) => {
    const tree = compile(environment, own, options);
    expect(decodeTree(encodeTree(tree), environment, own)).toEqual(tree);
  });
});

describe('other bytes are refused with the reason', () => {
  const bytes = encodeTree(compile(kuhn, config));
  const refused = (other: Partial<Environment['spec']>) => () =>
    decodeTree(bytes, { ...kuhn, spec: { ...kuhn.spec, ...other } }, config, 'kuhn.tree');

  it('another environment, version, configuration', () => {
    expect(refused({ id: 'poker' })).toThrow('kuhn.tree is of kuhn-poker, not of poker');
    expect(refused({ version: '2.0.0' })).toThrow('kuhn.tree is of kuhn-poker 1.0.0; here it is version 2.0.0');
    const three = readConfig(kuhn.spec, { preset: 'three' });
    expect(() => decodeTree(bytes, kuhn, three)).toThrow(
      'the tree is of kuhn-poker with the config {"players":2}, not {"players":3}',
    );
  });

  it('bytes of something else, and bytes that were cut off', () => {
    expect(() => decodeTree(new Uint8Array(100), kuhn, config)).toThrow('the tree is no file of this kind');
    for (let end = 0; end < bytes.length; end += 97) {
      expect(() => decodeTree(bytes.slice(0, end), kuhn, config)).toThrow(/^the tree is (no file|cut off)/);
    }
  });

  it('another format', () => {
    const text = new TextDecoder('latin1').decode(bytes).replace('"format":1', '"format":9');
    const other = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    expect(() => decodeTree(other, kuhn, config)).toThrow('the tree is written in format 9; format 1 is read');
  });
});
