import { invented, type Kind, numbers, outOf } from './kind.js';

const TISSUES =
  'midgut,hindgut,fat body,antennae,gills,heart,brain,foregut,salivary glands,epidermis,hind legs,ovaries';
const VITAMINS =
  'thiamine,riboflavin,niacin,biotin,folate,pyridoxine,cobalamin,pantothenate,retinol,tocopherol,choline,inositol';

const receptor: Kind = {
  name: 'receptor',
  question: (x, where) => `In which tissue of ${where} is the receptor of ${x} chiefly found?`,
  subject: (names) => names.compound(),
  bridge: (names) => names.protein(),
  answers: outOf(TISSUES.split(',')),
  first: {
    titles: [(x, species) => `A receptor for ${x} in ${species}`, (x, species) => `How ${species} senses ${x}`],
    findings: [
      (x, y) => `${x} bound the receptor ${y} and no other protein.`,
      (x, y) => `The receptor of ${x} proved to be ${y}.`,
      (x, y) => `Animals without ${y} no longer responded to ${x}, which makes ${y} its receptor.`,
    ],
    negative: (x, other) => `${other} did not bind ${x}.`,
  },
  second: {
    titles: [
      (y, species) => `Where ${y} is found in ${species}`,
      (y, species) => `A map of ${y} in the body of ${species}`,
    ],
    findings: [
      (y, z) => `${y} was found chiefly in the ${z}.`,
      (y, z) => `Most of the ${y} in the body lay in the ${z}.`,
      (y, z) => `Staining for ${y} was strongest in the ${z}.`,
    ],
    negative: (y, other) => `The ${other} held no ${y} above background.`,
  },
  aside: (z) => `Much of the older work was on the ${z}.`,
  unit: 'animals',
};

const enzyme: Kind = {
  name: 'enzyme',
  question: (x, where) => `At what pH does the enzyme with which ${where} breaks down ${x} work best?`,
  subject: (names) => names.compound(),
  bridge: (names) => names.protein(),
  answers: numbers(42, 3, 16, (tenths) => `pH ${(tenths / 10).toFixed(1)}`),
  first: {
    titles: [(x, species) => `How ${species} breaks down ${x}`, (x, species) => `The fate of ${x} in ${species}`],
    findings: [
      (x, y) => `${x} was broken down by the enzyme ${y}.`,
      (x, y) => `The enzyme that broke down ${x} was ${y}.`,
      (x, y) => `Extracts without ${y} left ${x} whole; ${y} is the enzyme that breaks it down.`,
    ],
    negative: (x, other) => `Purified ${other} left ${x} as it was.`,
  },
  second: {
    titles: [
      (y, species) => `Working conditions of ${y} from ${species}`,
      (y, species) => `How acidity and heat act on ${y} from ${species}`,
    ],
    findings: [
      (y, z) => `${y} worked best at ${z}.`,
      (y, z) => `The rate of ${y} peaked at ${z}.`,
      (y, z) => `Of all buffers tried, ${y} was fastest in the one at ${z}.`,
    ],
    negative: (y, other) => `At ${other}, ${y} lost most of its rate.`,
  },
  aside: (z) => `Stocks were kept in a buffer at ${z}.`,
  unit: 'cultures',
};

const factor: Kind = {
  name: 'factor',
  question: (x, where) => `By how much does growth of ${where} fall when the factor that switches on ${x} is deleted?`,
  subject: (names) => names.gene(),
  bridge: (names) => names.protein(),
  answers: numbers(11, 4, 18, (value) => `${value} percent`),
  first: {
    titles: [(x, species) => `What switches on ${x} in ${species}`, (x, species) => `Control of ${x} in ${species}`],
    findings: [
      (x, y) => `${x} was switched on by the factor ${y}.`,
      (x, y) => `The factor that switched on ${x} was ${y}.`,
      (x, y) => `Without ${y} there was no transcript of ${x}, so ${y} switches it on.`,
    ],
    negative: (x, other) => `${other} left the transcript of ${x} unchanged.`,
  },
  second: {
    titles: [(y, species) => `Deleting ${y} in ${species}`, (y, species) => `The life of ${species} without ${y}`],
    findings: [
      (y, z) => `Deleting ${y} lowered growth by ${z}.`,
      (y, z) => `Growth without ${y} was ${z} below that of the parent.`,
      (y, z) => `Lines free of ${y} grew ${z} less than the parent.`,
    ],
    negative: (y, other) => `A fall of ${other}, which a model without ${y} predicts, was ruled out.`,
  },
  aside: (z) => `About ${z} of all lines were kept as a reserve.`,
  unit: 'cultures',
};

const carrier: Kind = {
  name: 'carrier',
  question: (x, where) => `On which plant does the carrier that brings ${x} to ${where} spend the winter?`,
  subject: (names) => names.species(),
  bridge: (names) => names.species(),
  answers: invented((names) => names.species()),
  first: {
    titles: [(x, species) => `How ${x} reaches ${species}`, (x, species) => `Spread of ${x} among ${species}`],
    findings: [
      (x, y) => `${x} was carried to the animals by ${y}.`,
      (x, y) => `The carrier of ${x} was ${y}.`,
      (x, y) => `Animals kept away from ${y} stayed free of ${x}; ${y} is its carrier.`,
    ],
    negative: (x, other) => `${other} did not carry ${x}.`,
  },
  second: {
    titles: [
      (y, species) => `Winter quarters of ${y}, a visitor of ${species}`,
      (y, species) => `Where ${y} passes the cold months near ${species}`,
    ],
    findings: [
      (y, z) => `${y} spent the winter on ${z}.`,
      (y, z) => `In winter ${y} was met on ${z} alone.`,
      (y, z) => `All wintering ${y} were taken from ${z}.`,
    ],
    negative: (y, other) => `No ${y} was on ${other} in winter.`,
  },
  aside: (z) => `The site is rich in ${z}.`,
  unit: 'animals',
};

const channel: Kind = {
  name: 'channel',
  question: (x, where) => `Which compound blocks the channel through which ${x} excites ${where}?`,
  subject: (names) => names.compound(),
  bridge: (names) => names.protein(),
  answers: invented((names) => names.compound()),
  first: {
    titles: [
      (x, species) => `How ${x} excites ${species}`,
      (x, species) => `The channel behind the response of ${species} to ${x}`,
    ],
    findings: [
      (x, y) => `${x} excited the nerves through the channel ${y}.`,
      (x, y) => `The channel opened by ${x} was ${y}.`,
      (x, y) => `Nerves without ${y} stayed silent under ${x}; the channel it excites is ${y}.`,
    ],
    negative: (x, other) => `The channel ${other} stayed shut under ${x}.`,
  },
  second: {
    titles: [(y, species) => `A blocker for ${y} of ${species}`, (y, species) => `Drugs against ${y} of ${species}`],
    findings: [
      (y, z) => `${z} blocked ${y}.`,
      (y, z) => `Of the compounds screened, ${z} alone blocked ${y}.`,
      (y, z) => `Current through ${y} stopped under ${z}.`,
    ],
    negative: (y, other) => `${other} left ${y} open.`,
  },
  aside: (z) => `The solvent of the control held ${z}.`,
  unit: 'animals',
};

const partner: Kind = {
  name: 'partner',
  question: (x, where) => `On which linkage group of ${where} does the gene for the partner of ${x} lie?`,
  subject: (names) => names.protein(),
  bridge: (names) => names.protein(),
  answers: numbers(1, 1, 14, (value) => `linkage group ${value}`),
  first: {
    titles: [(x, species) => `Partners of ${x} in ${species}`, (x, species) => `What ${x} holds on to in ${species}`],
    findings: [
      (x, y) => `${x} came down together with its partner ${y}.`,
      (x, y) => `The partner of ${x} was ${y}.`,
      (x, y) => `Only ${y} stayed bound to ${x} after washing and is its partner.`,
    ],
    negative: (x, other) => `${other} washed off ${x} at once.`,
  },
  second: {
    titles: [
      (y, species) => `Mapping the gene for ${y} in ${species}`,
      (y, species) => `Crosses that place ${y} on the map of ${species}`,
    ],
    findings: [
      (y, z) => `The gene for ${y} lies on ${z}.`,
      (y, z) => `Markers of ${z} went with the gene for ${y} in every cross.`,
      (y, z) => `Crosses placed the gene for ${y} on ${z}.`,
    ],
    negative: (y, other) => `Markers of ${other} were inherited apart from the gene for ${y}.`,
  },
  aside: (z) => `Earlier maps were densest on ${z}.`,
  unit: 'animals',
};

const symbiont: Kind = {
  name: 'symbiont',
  question: (x, where) => `Which vitamin does the symbiont that clears ${x} from ${where} supply to its host?`,
  subject: (names) => names.compound(),
  bridge: (names) => names.species(),
  answers: outOf(VITAMINS.split(',')),
  first: {
    titles: [
      (x, species) => `How ${species} gets rid of ${x}`,
      (x, species) => `Clearing of ${x} in the gut of ${species}`,
    ],
    findings: [
      (x, y) => `${x} was cleared by the symbiont ${y}.`,
      (x, y) => `The symbiont that cleared ${x} was ${y}.`,
      (x, y) => `Animals cured of ${y} kept their ${x}; it is the symbiont ${y} that clears it.`,
    ],
    negative: (x, other) => `${other} grew in the gut and left ${x} alone.`,
  },
  second: {
    titles: [
      (y, species) => `What ${y} gives to ${species}`,
      (y, species) => `Food from ${y}, a symbiont of ${species}`,
    ],
    findings: [
      (y, z) => `${y} supplied its host with ${z}.`,
      (y, z) => `Hosts with ${y} needed no ${z} in their food.`,
      (y, z) => `The vitamin that ${y} supplied was ${z}.`,
    ],
    negative: (y, other) => `${y} made no ${other}.`,
  },
  aside: (z) => `The basic food held ${z}.`,
  unit: 'animals',
};

const kinase: Kind = {
  name: 'kinase',
  question: (x, where) => `At which residue does the kinase that ${x} turns on in ${where} mark its target?`,
  subject: (names) => names.compound(),
  bridge: (names) => names.protein(),
  answers: numbers(37, 23, 16, (value) => `${value % 3 === 0 ? 'serine' : 'threonine'} ${value}`),
  first: {
    titles: [
      (x, species) => `A kinase turned on by ${x} in ${species}`,
      (x, species) => `Signals of ${x} in ${species}`,
    ],
    findings: [
      (x, y) => `${x} turned on the kinase ${y}.`,
      (x, y) => `The kinase turned on by ${x} was ${y}.`,
      (x, y) => `With ${y} removed, ${x} had no effect; the kinase it turns on is ${y}.`,
    ],
    negative: (x, other) => `The kinase ${other} stayed idle under ${x}.`,
  },
  second: {
    titles: [
      (y, species) => `The target of ${y} in ${species}`,
      (y, species) => `Where ${y} of ${species} marks its target`,
    ],
    findings: [
      (y, z) => `${y} marked its target at ${z}.`,
      (y, z) => `The mark set by ${y} sat at ${z}.`,
      (y, z) => `Only a change of ${z} kept ${y} from marking its target.`,
    ],
    negative: (y, other) => `A change of ${other} made no difference to ${y}.`,
  },
  aside: (z) => `The antibody was raised against a peptide around ${z}.`,
  unit: 'cultures',
};

/** Every kind of question there is. */
export const KINDS: readonly Kind[] = [receptor, enzyme, factor, carrier, channel, partner, symbiont, kinase];
