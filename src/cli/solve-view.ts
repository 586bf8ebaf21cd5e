import type { Graded } from '../../policies/solve.js';
import { logLogPlot } from './plot.js';
import { figure, span } from './progress.js';
import type { Screen } from './screen.js';
import type { OpenedSolving } from './solve-plan.js';

/** Rows of a curve, where the terminal has them. */
const ROWS = 14;
const WIDEST = 100;
/** Seconds before which a guess at the time left would be one at how fast the process warms up. */
const SOON = 2;

/** Solving before the reader's eyes: the curve of NashConv on a terminal, a line now and then elsewhere. */
export class SolveView {
  readonly #opened: OpenedSolving;
  readonly #screen: Screen;
  readonly #iterations: number;
  readonly #began = performance.now();

  constructor(opened: OpenedSolving, screen: Screen) {
    this.#opened = opened;
    this.#screen = screen;
    this.#iterations = opened.solving.iterations;
    screen.say(titleOf(opened));
  }

  update(curve: readonly Graded[], iterations: number): void {
    this.#show(curve, iterations, false);
  }

  end(curve: readonly Graded[], iterations: number): void {
    this.#show(curve, iterations, true);
    this.#screen.end();
  }

  #show(curve: readonly Graded[], iterations: number, must: boolean): void {
    const line = (): string => this.#line(curve, iterations);
    this.#screen.show(() => [...this.#plot(curve), line()], line, must);
  }

  #plot(curve: readonly Graded[]): string[] {
    const { size } = this.#screen;
    if (size === null || curve.length === 0 || size.height < 8) return [];
    const points = curve.map(({ iteration, nashConv }) => [iteration, nashConv] as const);
    const width = Math.min(WIDEST, size.width - 1);
    return logLogPlot(points, this.#opened.plan.until, { width, height: Math.min(ROWS, size.height - 4) });
  }

  #line(curve: readonly Graded[], iterations: number): string {
    const seconds = (performance.now() - this.#began) / 1000;
    const rate = (iterations - this.#iterations) / seconds;
    const last = curve.at(-1);
    const { until, iterations: most } = this.#opened.plan;
    const goal = iterationsTo(until, curve) ?? Number.POSITIVE_INFINITY;
    const left = (Math.min(goal, most ?? Number.POSITIVE_INFINITY) - iterations) / rate;
    return [
      `iteration ${iterations.toLocaleString('en')}`,
      ...(last === undefined ? [] : [`NashConv ${last.nashConv.toPrecision(3)} (until ${until})`]),
      `${figure(rate)} it/s`,
      ...(seconds > SOON && Number.isFinite(left) && left > 0 ? [`about ${span(left)} left`] : []),
    ].join('  ');
  }
}

/**
 * At about which iteration a curve will come down to a level: the line through its last half on logarithmic axes.
 * Null where it does not fall.
 */
export function iterationsTo(level: number, curve: readonly Graded[]): number | null {
  const points = curve.slice(Math.floor(curve.length / 2)).filter(({ nashConv }) => nashConv > 0);
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 3 || !(level > 0)) return null;
  const slope = Math.log(last.nashConv / first.nashConv) / Math.log(last.iteration / first.iteration);
  return slope < -0.01 ? last.iteration * (level / last.nashConv) ** (1 / slope) : null;
}

function titleOf({ plan, solver, tree, ungraded }: OpenedSolving): string {
  const size =
    tree === null
      ? `not graded: ${ungraded}`
      : `${tree.size.toLocaleString('en')} histories, ${tree.states.count.toLocaleString('en')} information states`;
  return `${plan.environment}  ${solver.title} (${plan.road})  ${size}`;
}
