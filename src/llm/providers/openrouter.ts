import { COMPATIBLE } from '../compatible.js';
import { hosted } from '../provider.js';

export default hosted({
  ...COMPATIBLE,
  id: 'openrouter',
  title: 'OpenRouter',
  usage: 'openrouter/<maker>/<model>, for example openrouter/meta-llama/llama-3.3-70b-instruct',
  concurrency: 32,
  url: 'https://openrouter.ai/api/v1',
  key: { variable: 'OPENROUTER_API_KEY', required: true },
});
