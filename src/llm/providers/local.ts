import { localModel } from '../local.js';
import type { Provider } from '../provider.js';

const local: Provider = {
  id: 'local',
  title: 'a model in a folder, as Ludus trains and writes it',
  usage: 'local/<folder>, for example local/./runs/speaker',
  concurrency: 1,
  open: ({ id, model }) => localModel(id, model),
};

export default local;
