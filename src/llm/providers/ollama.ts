import { COMPATIBLE } from '../compatible.js';
import { hosted } from '../provider.js';

export default hosted({
  ...COMPATIBLE,
  id: 'ollama',
  title: 'an Ollama server',
  usage: 'ollama/<model>[@url], for example ollama/llama3.2:3b',
  concurrency: 4,
  url: 'http://localhost:11434/v1',
  key: { variable: 'OLLAMA_API_KEY', required: false },
});
