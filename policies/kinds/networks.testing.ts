import { join } from 'node:path';
import type { Environment } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { toOnnx } from '../../src/nn/export.js';
import { mlp } from '../../src/nn/mlp.js';
import { initParams } from '../../src/nn/params.js';
import { encoderOf } from '../encoding.js';
import { writePolicy } from '../folder.js';
import type { PolicyManifest } from '../saved.js';

/** Networks with weights drawn large, so that what they play is far from uniform and differs by what they are shown. */
export function drawnNetwork(
  environment: Environment,
  config: JsonObject,
  seed: number,
  hidden = [32, 32],
): Uint8Array {
  const { width, vocabulary } = encoderOf(environment, config);
  const net = mlp({ in: width, hidden, out: vocabulary.length });
  const params = initParams(net.params, stream(seed, 'drawn'));
  for (const [, { data }] of params) for (let at = 0; at < data.length; at++) data[at] = 2 * (data[at] as number);
  return toOnnx(net, params);
}

/** A policy of one network, in a folder under `home`; what is given replaces what the manifest would say. */
export function networkFolder(
  home: string,
  name: string,
  environment: Environment,
  config: JsonObject,
  given: Partial<PolicyManifest> = {},
  hidden?: number[],
): string {
  const folder = join(home, name);
  const file = drawnNetwork(environment, config, 1, hidden);
  writePolicy(folder, { manifest: { ...manifestOf(environment, config), ...given }, files: { 'policy.onnx': file } });
  return folder;
}

/** What a policy of networks says when nothing is wrong with it. */
export function manifestOf(environment: Environment, config: JsonObject): PolicyManifest {
  const { width, vocabulary } = encoderOf(environment, config);
  const { seats } = environment.spec.facts(config);
  return {
    format: 1,
    kind: 'network',
    environment: { id: environment.spec.id, version: environment.spec.version, config },
    algorithm: { id: 'drawn', options: {}, seed: '1', iterations: 0 },
    metrics: {},
    files: {},
    details: { seats, length: width, actions: vocabulary, output: 'logits' },
  };
}
