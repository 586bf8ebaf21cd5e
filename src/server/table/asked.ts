import type { z } from 'zod';
import { howToAnswer } from '../../core/answers.js';
import { schemaOf } from '../../core/config.js';
import type { Spec } from '../../core/environment.js';
import type { Json } from '../../core/json.js';
import { type ActionSpace, describedIn, type ToolsSpace } from '../../core/space.js';
import type { Asked } from '../wire/wire.js';

type Schemas = Pick<Asked, 'tools' | 'form'>;

/** What a seat is asked, in words and with the schemas of what the space names. */
export function askedOf(spec: Spec, space: ActionSpace, clock: Pick<Asked, 'leftMs' | 'paused'>): Asked {
  return { space, how: howToAnswer(spec, space), ...schemasOf(spec, space), refused: null, ...clock };
}

function schemasOf(spec: Spec, space: ActionSpace): Schemas {
  if (space.kind === 'tools') {
    return { tools: Object.fromEntries(space.tools.map((name) => [name, toolOf(spec, space, name)])) };
  }
  if (space.kind === 'form') return { form: formOf(spec, space.form) };
  return {};
}

function toolOf(spec: Spec, space: ToolsSpace, name: string): { readonly description: string; readonly args: Json } {
  const described = describedIn(space, name);
  if (described !== undefined) return { description: described.description, args: described.parameters };
  const tool = spec.tools?.[name];
  if (tool === undefined) throw new Error(`${spec.id} offers a tool "${name}" that its spec does not hold`);
  return { description: tool.description, args: schema(tool.args) };
}

function formOf(spec: Spec, name: string): { readonly description: string; readonly schema: Json } {
  const form = spec.forms?.[name];
  if (form === undefined) throw new Error(`${spec.id} offers a form "${name}" that its spec does not hold`);
  return { description: form.description, schema: schema(form.schema) };
}

const made = new WeakMap<z.ZodType, Json>();

/** NOTE: kept, because making one takes as long as a whole move. */
function schema(type: z.ZodType): Json {
  let known = made.get(type);
  if (known === undefined) {
    known = schemaOf(type);
    made.set(type, known);
  }
  return known;
}
