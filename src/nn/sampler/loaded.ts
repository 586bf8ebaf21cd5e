import type { Params } from '../params.js';
import { type OpenModel, openModel, type Tensor, type Tensors } from '../runtime.js';

/** Where a file's weights come from. */
export interface WeightRoad {
  readonly params: Params;
  /** Whether they are stored in the file, which is faster by up to a half, and shows training only once it is made anew. */
  readonly baked: boolean;
  readonly threads: number;
}

/** A network that is opened when first run, and whose weights follow their training. */
export class Loaded {
  readonly #file: (stored: Params | null) => Uint8Array;
  readonly #road: WeightRoad;
  #open: Promise<{ model: OpenModel; weights: Tensors }> | null = null;

  /** @param file makes the network's file, with weights stored or, without, as inputs */
  constructor(file: (stored: Params | null) => Uint8Array, road: WeightRoad) {
    this.#file = file;
    this.#road = road;
  }

  async run(feeds: Tensors, wanted?: readonly string[]): Promise<Tensors> {
    this.#open ??= this.#load();
    const { model, weights } = await this.#open;
    return model.run({ ...weights, ...feeds }, wanted);
  }

  /** Takes over the weights as they are now. Inputs show them anyway. */
  async refresh(): Promise<void> {
    if (this.#road.baked) await this.close();
  }

  async close(): Promise<void> {
    const open = await this.#open;
    this.#open = null;
    await open?.model.close();
  }

  async #load(): Promise<{ model: OpenModel; weights: Tensors }> {
    const { params, baked, threads } = this.#road;
    const model = await openModel(this.#file(baked ? params : null), { threads });
    if (baked) return { model, weights: {} };
    const weights = [...params].map(([name, { data, dims }]): [string, Tensor] => [
      name,
      model.tensor(name, data, dims),
    ]);
    return { model, weights: Object.fromEntries(weights) };
  }
}
