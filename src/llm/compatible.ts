import type { SdkRoad } from './ai-sdk.js';
import type { Hosted } from './provider.js';

const SDK: SdkRoad = {
  package: '@ai-sdk/openai-compatible',
  chat: true,
  async load() {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
    return ({ model, url, key, fetch }) =>
      createOpenAICompatible({
        name: 'compatible',
        baseURL: url,
        fetch,
        supportsStructuredOutputs: true,
        ...(key === null ? {} : { apiKey: key }),
      })(model);
  },
};

/** What servers of chat completions have in common. */
export const COMPATIBLE: Pick<Hosted, 'dialect' | 'sdk'> = { dialect: {}, sdk: SDK };
