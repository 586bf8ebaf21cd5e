import { UserError } from '../../core/errors.js';
import type { Call, Sym } from './graph.js';
import { add } from './ops/arithmetic.js';
import { show } from './shapes.js';

/**
 * How the loss changes with each array of `wrt`, in the dims of each: the graph grows by the operations that work it
 * out, in reverse order of those that led to the loss.
 * @throws UserError when the loss is more than one number, or does not depend on one of the arrays
 */
export function gradients(loss: Sym, wrt: readonly Sym[]): Sym[] {
  const found = gradientsWhere(loss, wrt);
  return wrt.map((sym, i) => found[i] ?? refuse(sym));
}

/** The same, undefined for arrays that the loss does not depend on. */
export function gradientsWhere(loss: Sym, wrt: readonly Sym[]): (Sym | undefined)[] {
  if (loss.dims.some((dim) => dim !== 1)) throw new UserError(`a loss is one number, not ${show(loss.dims)}`);
  const { graph } = loss;
  const forward = [...graph.calls];
  const needed = dependents(forward, wrt);
  const flows = new Map<string, Sym>([
    [
      loss.name,
      graph.constant(
        [1],
        loss.dtype,
        loss.dims.map(() => 1),
      ),
    ],
  ]);
  for (const call of forward.reverse()) flowBack(call, needed, flows);
  return wrt.map((sym) => flows.get(sym.name));
}

/** The names of everything through which the arrays of `wrt` reach the loss. */
function dependents(calls: readonly Call[], wrt: readonly Sym[]): ReadonlySet<string> {
  const names = new Set(wrt.map(({ name }) => name));
  for (const { op, sources, outputs } of calls) {
    if (op.gradient === null || !sources.some(({ name }) => names.has(name))) continue;
    for (const { name } of outputs) names.add(name);
  }
  return names;
}

function flowBack(call: Call, needed: ReadonlySet<string>, flows: Map<string, Sym>): void {
  const { op, sources, outputs } = call;
  const arriving = outputs.map(({ name }) => flows.get(name));
  if (op.gradient === null || arriving.every((d) => d === undefined)) return;
  if (!sources.some(({ name }) => needed.has(name))) return;
  const leaving = op.gradient(call, arriving);
  sources.forEach(({ name }, i) => {
    const d = leaving[i];
    if (d === undefined || !needed.has(name)) return;
    const other = flows.get(name);
    flows.set(name, other === undefined ? d : add(other, d));
  });
}

function refuse({ name }: Sym): never {
  throw new UserError(`the loss does not depend on "${name}", so it has no gradient`);
}
