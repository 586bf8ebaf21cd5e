import {
  type ActRequest,
  type AgentFactory,
  Catalogue,
  type Model,
  Models,
  readConfig,
  runEpisode,
  toModelCall,
} from 'ludus';
import { measure } from './measure.js';

/** Episodes of Ludus at once, one seat a model. Arguments: name of the model, how it is seated, episodes, turns. */
const [name = '', seated = 'plain', lanes = '1000', turns = '5'] = process.argv.slice(2);

/** The least there is between an observation and a model, so that what is measured is the road to the model. */
function plain(model: Model): AgentFactory {
  const act = async ({ rules, text, signal }: ActRequest) => {
    const asked = {
      messages: [
        { role: 'system', content: rules },
        { role: 'user', content: text },
      ],
      parameters: { temperature: 0, maxTokens: 64 },
    } as const;
    const reply = await model.call(asked, signal);
    return { reply: { text: reply.text }, calls: [toModelCall(asked, reply)] };
  };
  return () => ({ manifest: { agent: 'plain' }, act });
}

const models = new Models({ folder: '/nowhere' });
const catalogue = new Catalogue();
const environment = await catalogue.environment('rpsls');
const config = readConfig(environment.spec, { set: { rounds: Number(turns) } });
const agent = seated === 'plain' ? plain(await models.open(name)) : await catalogue.agent(`${seated}:${name}`);
const agents = [agent, await catalogue.agent('random')];

await measure(Number(lanes), async (seed: number) => {
  let calls = 0;
  await runEpisode({ environment, config, seed, agents }, (progress) => {
    if (progress.kind === 'step') calls += progress.step.seats?.[0]?.calls?.length ?? 0;
  });
  return calls;
});
process.exit(0);
