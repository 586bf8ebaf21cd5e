import { COMPATIBLE } from '../compatible.js';
import { hosted } from '../provider.js';

export default hosted({
  ...COMPATIBLE,
  id: 'vllm',
  title: 'a vLLM server',
  usage: 'vllm/<model>[@url], for example vllm/Qwen/Qwen3-8B@http://localhost:8000/v1',
  concurrency: 1024,
  url: 'http://localhost:8000/v1',
  key: { variable: 'VLLM_API_KEY', required: false },
});
