import type { AgentFamily } from '../src/core/agent.js';
import { Models } from '../src/llm/open.js';
import { provider } from '../src/llm/providers.js';
import { openLanguageAgent } from './llm/open.js';
import { readArgument } from './llm/settings.js';

/** NOTE: models of one process share their provider's connections and limits, so there is one opener. */
let models: Models | undefined;

function opener(): Models {
  models ??= new Models();
  return models;
}

/** A language model: hosted, on a server of one's own, or a name from `ludus.config.json`. */
const llm: AgentFamily = {
  id: 'llm',
  title: 'a language model, in a style, with a memory',
  usage:
    'llm:<provider>/<model>[@url][,style=...][,memory=...][,key=value...], for example llm:ollama/qwen3:4b,style=recon,memory=window:6',
  open: (argument, spending) => openLanguageAgent(argument, opener(), spending ?? null),
  async limits(argument) {
    const { model, settings } = readArgument(argument);
    if (settings.cassette !== undefined) return null;
    const pool = opener().service(model);
    const { concurrency } = await provider(pool.split('@')[0] as string);
    return { pool, agents: concurrency };
  },
};

export default llm;
