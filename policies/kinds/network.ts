import { readFields } from '../../src/core/config.js';
import { BatchedNetwork } from '../batched.js';
import { type FoundPolicy, fileOf } from '../folder.js';
import type { Opened } from '../kind.js';
import { informationOf, output, placeEncoder, probabilitiesOf, shape } from '../networks.js';

const FILE = 'policy.onnx';
/** Output of the network that is read where the manifest does not name another. */
const NAME = 'y';
const details = shape.extend({ output, name: shape.shape.actions.element.default(NAME) });

/** One exported network for all seats, shared by all episodes of a process. */
export async function open(found: FoundPolicy): Promise<Opened> {
  const read = details.parse(readFields(details, found.manifest.details, `${found.folder}/policy.json details`));
  const sizes = { in: read.length, out: read.actions.length };
  const network = await BatchedNetwork.open(fileOf(found, FILE), read.name, sizes);
  return {
    seat(place) {
      const encoder = placeEncoder(place, read);
      return async (request) => {
        const information = informationOf(encoder, request);
        return probabilitiesOf(read.output, await network.ask(information.features), information);
      };
    },
  };
}
