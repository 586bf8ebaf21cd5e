import { COMPATIBLE } from '../compatible.js';
import { hosted } from '../provider.js';

export default hosted({
  ...COMPATIBLE,
  id: 'compatible',
  title: 'any server of chat completions',
  usage: 'compatible/<model>@<url>, for example compatible/my-model@https://models.example.org/v1',
  concurrency: 32,
  url: null,
  key: { variable: 'COMPATIBLE_API_KEY', required: false },
});
