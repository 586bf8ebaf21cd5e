import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AgentFactory,
  Catalogue,
  gameOf,
  learner,
  type Plan,
  readConfig,
  rollout,
  runEpisode,
  type SavedPolicy,
  seatName,
  stream,
  supplies,
  writePolicy,
} from 'ludus';

/**
 * A best response in Werewolf: the two wolves of the seven-player game learn whom to kill and whom to vote for, against a
 * village of scripted players that stays as it is. A scripted speaker talks for the wolves, and the network is shown
 * what that speaker would choose itself.
 *
 * Then the same deals are played by the trained network, by the network before training and by scripted wolves. The
 * policy that was trained is also written out, and plays a thousand episodes at once from its file.
 */
const ITERATIONS = 100;
const OPTIONS = {
  learns: 'role=werewolf',
  speaker: 'scripted',
  others: 'scripted',
  advice: true,
  episodes: 1024,
  epochs: 4,
  batch: 1024,
  learningRate: 1e-3,
  anneal: ITERATIONS,
  lambda: 0.8,
  entropy: 0.003,
  hidden: [64],
};
const DEALS = 5000;
const AT_ONCE = 250;
const SEEDS = (process.env.SEEDS ?? '1').split(',');
const Z95 = 1.96;

const catalogue = new Catalogue();
const environment = await catalogue.environment('werewolf');
const config = readConfig(environment.spec);
const { seats } = environment.spec.facts(config);
const home = mkdtempSync(join(tmpdir(), 'ludus-bench-'));

/** By deal: whether the wolves won. */
async function played(agent: AgentFactory): Promise<boolean[]> {
  const agents = new Array<AgentFactory>(seats).fill(agent);
  const won: boolean[] = [];
  for (let from = 0; from < DEALS; from += AT_ONCE) {
    const games = Array.from({ length: AT_ONCE }, (_, at) =>
      runEpisode({ environment, config, seed: `evaluation/${from + at}`, agents }),
    );
    for (const { how, outcome } of await Promise.all(games)) {
      if (how !== 'rules' && how !== 'horizon') throw new Error(`an evaluation game ended by ${how}`);
      won.push(outcome === 'the werewolves win');
    }
  }
  return won;
}

/** A mean with its 95 % interval. */
function interval(numbers: readonly number[]): string {
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const variance = numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (numbers.length - 1);
  const half = Z95 * Math.sqrt(variance / numbers.length);
  return `${(100 * mean).toFixed(1)} % +- ${(100 * half).toFixed(1)}`;
}

/** Scripted wolves who vote and speak as they do, but kill anybody who is not of the pack. */
function killingAtRandom(scripted: AgentFactory): AgentFactory {
  return (place) => {
    const agent = scripted(place);
    return {
      ...agent,
      act(request) {
        const { role, teams } = request.view as { role: string; teams: readonly (string | null)[] };
        const { space, rng } = request;
        if (role !== 'werewolf' || space.kind !== 'choice') return agent.act(request);
        const others = space.options.filter(({ id }) => id.startsWith('kill') && !isPack(id, teams));
        return others.length === 0 ? agent.act(request) : { move: rng.pick(others).id };
      },
    };
  };
}

function isPack(id: string, teams: readonly (string | null)[]): boolean {
  return teams.some((team, seat) => team === 'wolves' && id.endsWith(seatName(seat)));
}

async function seated(name: string, policy: SavedPolicy): Promise<AgentFactory> {
  writePolicy(join(home, name), policy);
  return catalogue.agent(`policy:${join(home, name)}`);
}

async function fromFile(name: string): Promise<string> {
  const plan: Plan = {
    ludus: 1,
    environment: environment.spec.id,
    version: environment.spec.version,
    config,
    agents: new Array(seats).fill(`policy:${join(home, name)}`),
    seed: 'rollout',
    episodes: 1000,
    clock: 'fixed',
    rules: {},
  };
  const began = performance.now();
  const { how } = await rollout(plan, { folder: join(home, `${name}-rollout`), workers: 1, concurrency: 1000 });
  const seconds = (performance.now() - began) / 1000;
  return `${JSON.stringify(how)} in ${seconds.toFixed(1)} s`;
}

const player = await catalogue.agent('scripted');
const scripted = await played(player);
const careless = await played(killingAtRandom(player));
for (const seed of SEEDS) {
  const ppo = await learner('ppo');
  const learning = await ppo.open(gameOf(environment, config), OPTIONS, stream(seed, 'learner'), supplies(catalogue));
  const untrained = await played(await seated(`untrained-${seed}`, await learning.policy()));
  const began = process.cpuUsage();
  while (learning.iterations < ITERATIONS) {
    const figures = await learning.iterate();
    if (learning.iterations % 20 !== 0) continue;
    const { user, system } = process.cpuUsage(began);
    const spent = ((user + system) / 1e6).toFixed(0);
    console.log(
      `seed ${seed}, iteration ${learning.iterations}: return ${figures.return?.toFixed(3)}, entropy ${figures.entropy?.toFixed(2)}, ${spent} s of processor time`,
    );
  }
  const trained = await played(await seated(`trained-${seed}`, await learning.policy()));
  await learning.close();
  const gain = (over: readonly boolean[]) => interval(trained.map((won, at) => Number(won) - Number(over[at])));
  const row = (won: readonly boolean[], over?: readonly boolean[]) => ({
    'wolves win': interval(won.map(Number)),
    'trained wins more often by': over === undefined ? '' : gain(over),
  });
  console.table({
    [`trained, seed ${seed}`]: row(trained),
    'the same network before training': row(untrained, untrained),
    'scripted wolves': row(scripted, scripted),
    'scripted wolves that kill at random': row(careless, careless),
  });
  console.log(`a thousand episodes at once from the file: ${await fromFile(`trained-${seed}`)}`);
}
console.log(`${DEALS} deals a side, the same for all; 95 % intervals, differences deal by deal`);
rmSync(home, { recursive: true });
