/** A number for each step of training, counted from 1. */
export type Schedule = (step: number) => number;

export function constant(value: number): Schedule {
  return () => value;
}

/** In a straight line from one value, at step 1, to another, at the last step and after. */
export function linear(from: number, to: number, steps: number): Schedule {
  return (step) => from + (to - from) * progress(step, steps);
}

/** The same along half a cosine. SEE: I. Loshchilov, F. Hutter, "SGDR", 2017, equation 5. */
export function cosine(from: number, to: number, steps: number): Schedule {
  return (step) => to + ((from - to) * (1 + Math.cos(Math.PI * progress(step, steps)))) / 2;
}

/** Rises in a straight line over its steps, then goes on as another schedule, which begins at 1. */
export function warmup(steps: number, then: Schedule): Schedule {
  return (step) => (step <= steps ? (then(1) * step) / steps : then(step - steps));
}

function progress(step: number, steps: number): number {
  return Math.min(1, Math.max(0, (step - 1) / Math.max(1, steps - 1)));
}
