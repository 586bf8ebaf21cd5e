import { isObject } from '../../core/json.js';
import { hosted } from '../provider.js';

export default hosted({
  id: 'google',
  title: 'Google Gemini',
  usage: 'google/<model>, for example google/gemini-2.5-flash',
  concurrency: 32,
  url: 'https://generativelanguage.googleapis.com/v1beta',
  key: { variable: 'GOOGLE_GENERATIVE_AI_API_KEY', required: true },
  dialect: null,
  sdk: {
    package: '@ai-sdk/google',
    chat: false,
    async load() {
      const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
      return ({ model, url, key, fetch }) =>
        createGoogleGenerativeAI({ apiKey: key ?? '', baseURL: url, fetch })(model);
    },
    options: ({ reasoningEffort }) =>
      reasoningEffort === undefined ? undefined : { google: { thinkingConfig: { thinkingLevel: reasoningEffort } } },
    declined: (body) => {
      const feedback = isObject(body) ? body.promptFeedback : null;
      return isObject(feedback) && typeof feedback.blockReason === 'string' ? feedback.blockReason : null;
    },
  },
});
