import type { Provider } from '../provider.js';
import { transformersModel } from '../transformers.js';

const transformers: Provider = {
  id: 'transformers',
  title: 'a model of a hub, or a folder in its form, in this process',
  usage: 'transformers/<hub id or folder>, for example transformers/onnx-community/Qwen3-0.6B-ONNX',
  concurrency: 1,
  open: ({ id, model }) => transformersModel(id, model),
};

export default transformers;
