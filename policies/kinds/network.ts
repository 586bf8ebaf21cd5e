import { readFields } from '../../src/core/config.js';
import { BatchedNetwork } from '../batched.js';
import { type FoundPolicy, fileOf } from '../folder.js';
import type { Opened } from '../kind.js';
import { informationOf, output, placeEncoder, probabilitiesOf, shape } from '../networks.js';
import { part } from '../part.js';

const FILE = 'policy.onnx';
/** Output of the network that is read where the manifest does not name another. */
const NAME = 'y';
const details = shape.extend({ output, name: shape.shape.actions.element.default(NAME), part: part.optional() });

/** One exported network for all seats that it plays, shared by all episodes of a process. */
export async function open(found: FoundPolicy): Promise<Opened> {
  const read = details.parse(readFields(details, found.manifest.details, `${found.folder}/policy.json details`));
  const sizes = { in: read.length, out: { [read.name]: read.actions.length } };
  const network = await BatchedNetwork.open(fileOf(found, FILE), sizes);
  return {
    ...(read.part === undefined ? {} : { playsPart: { part: read.part, seats: read.seats } }),
    seat(place) {
      const encoder = placeEncoder(place, read, read.part?.advice);
      return async (request, advice) => {
        const information = informationOf(encoder, request, advice);
        const answer = await network.ask(information.features);
        return probabilitiesOf(read.output, answer[read.name] as Float32Array, information);
      };
    },
  };
}
