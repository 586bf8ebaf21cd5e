import { Catalogue, compile, readConfig, type SpeechRequest, seatName, type Utterance, withSpeech } from 'ludus';

/**
 * The whole tree of four-player Werewolf with the shaped rewards of LSPO, every speech one of a few. With w things to say
 * for a wolf, s for a seer and v for a villager it has about 5040 w s v + 2376 w v^2 histories: 12 deals of 9 nights, 70
 * histories of a vote where the seer lives and 66 where she was killed.
 */
interface Seen {
  readonly role: string;
  readonly alive: readonly boolean[];
  readonly teams: readonly (string | null)[];
}

const menus = new Map<string, readonly Utterance[]>();

/**
 * Everybody may pass, accuse or trust each living other (5 in a day of three). A villager may also doubt them (7); a
 * seer may tell what she knows of each other seat, dead or alive (8); a wolf may claim to be the seer and call each of
 * them a wolf or none (11).
 */
function speeches({ seat, view }: SpeechRequest): readonly Utterance[] {
  const { role, alive, teams } = view as unknown as Seen;
  const key = JSON.stringify([seat, role, alive, role === 'seer' ? teams : null]);
  let menu = menus.get(key);
  if (menu === undefined) {
    const others = [...alive.keys()].filter((other) => other !== seat);
    const living = others.filter((other) => alive[other]);
    const about = (verb: string, seats: readonly number[], words: (name: string, other: number) => string) =>
      seats.map((other) => utterance(`${verb} ${seatName(other)}`, words(seatName(other), other)));
    menu = [
      utterance('pass', 'I have nothing to say.'),
      ...about('accuse', living, (name) => `I think that ${name} is a werewolf.`),
      ...about('trust', living, (name) => `I think that ${name} is no werewolf.`),
      ...(role === 'villager' ? about('doubt', living, (name) => `I am not sure about ${name}.`) : []),
      ...(role === 'seer'
        ? about('tell', others, (name, other) => `I am the seer. ${name} ${told(teams[other])}.`)
        : []),
      ...(role === 'werewolf' ? about('frame', others, (name) => `I am the seer. ${name} ${told('wolves')}.`) : []),
      ...(role === 'werewolf' ? about('clear', others, (name) => `I am the seer. ${name} ${told('village')}.`) : []),
    ];
    menus.set(key, menu);
  }
  return menu;
}

function told(team: string | null | undefined): string {
  if (team === 'wolves') return 'is a werewolf';
  return team === 'village' ? 'is no werewolf' : 'is not checked yet';
}

function utterance(id: string, text: string): Utterance {
  return { id, label: id, text };
}

const werewolf = await new Catalogue().environment('werewolf');
const environment = withSpeech(werewolf, speeches);
const config = readConfig(werewolf.spec, { preset: 'lspo-4' });
const began = performance.now();
const tree = compile(environment, config);
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage();

let byChance = 0;
for (let history = 0; history < tree.size; history++) {
  const first = tree.first[history] as number;
  if (tree.actor[history] !== -1) continue;
  for (let child = first; child < first + (tree.children[history] as number); child++) {
    if (tree.actor[child] === -2) byChance++;
  }
}

console.table({
  histories: tree.size,
  'information states': tree.states.count,
  endings: tree.returns.length / tree.seats,
  'of these reached by chance': byChance,
  'seconds by the clock': Number(seconds.toFixed(1)),
  'seconds of processor, start included': Number(((user + system) / 1e6).toFixed(1)),
  'peak memory, GB': Number((process.resourceUsage().maxRSS / 1e6).toFixed(2)),
});
