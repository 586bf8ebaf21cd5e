import { z } from 'zod';
import type { Place } from '../../src/core/agent.js';
import { readFields } from '../../src/core/config.js';
import { UserError } from '../../src/core/errors.js';
import { readNet } from '../../src/nn/export.js';
import { MLP } from '../../src/nn/mlp.js';
import { plainMlp } from '../../src/nn/plain.js';
import { BatchedNetwork } from '../batched.js';
import { type FoundPolicy, fileOf } from '../folder.js';
import type { Opened } from '../kind.js';
import { Average } from '../learned/deep/average.js';
import { TreeWalk } from '../learned/deep/tree-walk.js';
import { informationOf, output, placeEncoder, probabilitiesOf, shape } from '../networks.js';
import type { Game, Strategy } from '../solver.js';
import { strategyOf } from '../table.js';

const details = shape.extend({
  networks: z.array(z.object({ file: z.string(), seat: z.int(), weight: z.number().positive(), output })),
});
type Details = z.infer<typeof details>;
type Member = Details['networks'][number];

/** Several networks a seat, of which one is drawn for each episode, in proportion to its weight. */
export async function open(found: FoundPolicy): Promise<Opened> {
  const read = details.parse(readFields(details, found.manifest.details, `${found.folder}/policy.json details`));
  const sizes = { in: read.length, out: { y: read.actions.length } };
  const networks = new Map<string, Promise<BatchedNetwork<'y'>>>();
  // NOTE: opened when first drawn, since a mixture may hold hundreds.
  const networkOf = ({ file }: Member): Promise<BatchedNetwork<'y'>> => {
    const known = networks.get(file) ?? BatchedNetwork.open(fileOf(found, file), sizes);
    networks.set(file, known);
    return known;
  };
  return {
    seat(place) {
      const encoder = placeEncoder(place, read);
      const drawn = drawMember(read, place);
      return async (request) => {
        const information = informationOf(encoder, request);
        const { y } = await (await networkOf(drawn)).ask(information.features);
        return probabilitiesOf(drawn.output, y, information);
      };
    },
    strategy: (game) => averaged(found, read, game),
  };
}

function drawMember({ networks }: Details, { seat, rng }: Place): Member {
  const own = networks.filter((member) => member.seat === seat);
  const total = own.reduce((sum, { weight }) => sum + weight, 0);
  if (own.length === 0) throw new UserError(`the policy has no network for player_${seat}`);
  return rng.weighted(own.map((member) => [member, member.weight / total] as const));
}

/** What somebody plays who draws a network for each episode, by information state. */
function averaged(found: FoundPolicy, { networks }: Details, game: Game): Strategy {
  const walk = new TreeWalk(game);
  const average = new Average(walk);
  for (const { file, seat, weight, output } of networks) {
    const { net, params } = readNet(MLP, fileOf(found, file));
    const run = plainMlp(net, params);
    average.add(seat, (information) => probabilitiesOf(output, run(information.features), information), weight);
  }
  return strategyOf(walk.tree, average.profile());
}
