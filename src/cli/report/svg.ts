import { messageOf, UserError } from '../../core/errors.js';
import type { JsonObject } from '../../core/json.js';

/** Makes a picture of a Vega-Lite plot. */
export type Draw = (plot: JsonObject) => Promise<string>;

/**
 * Loads Vega, which draws without a browser. Numbers and axes come out the same every time.
 * @throws UserError when it is not installed
 */
export async function vega(): Promise<Draw> {
  try {
    const [lite, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
    return (plot) => {
      const { spec } = lite.compile(plot as unknown as Parameters<typeof lite.compile>[0]);
      return new View(parse(spec), { renderer: 'none' }).toSVG();
    };
  } catch (error) {
    throw new UserError(
      `a report draws with vega and vega-lite, which cannot be loaded here: npm install vega vega-lite (${messageOf(error).split('\n')[0]})`,
    );
  }
}
