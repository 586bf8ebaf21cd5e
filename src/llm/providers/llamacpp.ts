import { COMPATIBLE } from '../compatible.js';
import { hosted } from '../provider.js';

export default hosted({
  ...COMPATIBLE,
  id: 'llamacpp',
  title: 'a llama.cpp server',
  usage: 'llamacpp/<model>[@url], for example llamacpp/default@http://localhost:8080/v1',
  concurrency: 4,
  url: 'http://localhost:8080/v1',
  key: { variable: 'LLAMA_API_KEY', required: false },
});
