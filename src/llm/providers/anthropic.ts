import { hosted } from '../provider.js';

export default hosted({
  id: 'anthropic',
  title: 'Anthropic',
  usage: 'anthropic/<model>, for example anthropic/claude-sonnet-4-5',
  concurrency: 16,
  url: 'https://api.anthropic.com/v1',
  key: { variable: 'ANTHROPIC_API_KEY', required: true },
  dialect: null,
  sdk: {
    package: '@ai-sdk/anthropic',
    chat: false,
    async load() {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      return ({ model, url, key, fetch }) => createAnthropic({ apiKey: key ?? '', baseURL: url, fetch })(model);
    },
    options: ({ reasoningEffort }) =>
      reasoningEffort === undefined ? undefined : { anthropic: { effort: reasoningEffort } },
  },
});
