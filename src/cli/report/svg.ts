import { messageOf } from '../../core/errors.js';
import type { JsonObject } from '../../core/json.js';

/** Makes a picture of a Vega-Lite plot. */
export type Draw = (plot: JsonObject) => Promise<string>;

interface TextItem {
  readonly fontSize?: number;
  readonly limit?: number;
}

/** Letters by their width, in parts of the font's size, as common sans-serif fonts have them. */
const LETTERS: readonly (readonly [RegExp, number])[] = [
  [/[ijlftrI .,:;'|!()[\]/-]/, 0.31],
  [/[mwMW@%…]/, 0.88],
  [/[A-Z]/, 0.69],
];
const USUAL_LETTER = 0.56;

/**
 * Width of a text in pixels. NOTE: without a browser Vega takes every letter for a wide one: it cuts names short that
 * would fit, and leaves room for what is not there. SEE: textMetrics of vega-scenegraph, which others may set.
 */
function widthOf({ fontSize = 11, limit = 0 }: TextItem, text: unknown): number {
  const letters = [...String(text ?? '')].map((sign) => LETTERS.find(([kind]) => kind.test(sign))?.[1] ?? USUAL_LETTER);
  const width = fontSize * letters.reduce((sum, one) => sum + one, 0);
  return limit > 0 ? Math.min(width, limit) : width;
}

/**
 * Loads Vega, which draws without a browser. Numbers and axes come out the same every time.
 * Gives why there are no plots, and what to do, where it is not installed.
 */
export async function vega(): Promise<Draw | string> {
  try {
    const [lite, drawing] = await Promise.all([import('vega-lite'), import('vega')]);
    const { parse, View } = drawing;
    // NOTE: Vega exports it, and its types leave it out.
    (drawing as unknown as { textMetrics: { width: typeof widthOf } }).textMetrics.width = widthOf;
    return (plot) => {
      const { spec } = lite.compile(plot as unknown as Parameters<typeof lite.compile>[0]);
      return new View(parse(spec), { renderer: 'none' }).toSVG();
    };
  } catch (error) {
    const [why] = messageOf(error).split('\n');
    return `no plots: vega and vega-lite, which draw them, cannot be loaded here; npm install vega vega-lite (${why})`;
  }
}
