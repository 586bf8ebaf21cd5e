import { hosted } from '../provider.js';

export default hosted({
  id: 'openai',
  title: 'OpenAI',
  usage: 'openai/<model>, for example openai/gpt-5-mini',
  concurrency: 64,
  url: 'https://api.openai.com/v1',
  key: { variable: 'OPENAI_API_KEY', required: true },
  dialect: { maxTokens: 'max_completion_tokens' },
  sdk: {
    package: '@ai-sdk/openai',
    chat: true,
    async load() {
      const { createOpenAI } = await import('@ai-sdk/openai');
      return ({ model, url, key, fetch }) => createOpenAI({ apiKey: key ?? '', baseURL: url, fetch }).chat(model);
    },
  },
});
