import type { Spec } from '../../core/environment.js';
import type { JsonObject } from '../../core/json.js';
import { describedTools } from '../../core/offered.js';
import type { ActionSpace } from '../../core/space.js';

/** The tool by which moves are made that are no tool calls of the environment's own. Its one argument is `text`. */
export const ANSWER = 'answer';

/** A tool as clients that call tools see it. `parameters` always has `properties` and `required`. */
export interface OfferedTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
}

const answerTool: OfferedTool = {
  name: ANSWER,
  description: 'Gives your answer to what you are asked, written as the last message says.',
  parameters: {
    type: 'object',
    properties: { text: { type: 'string', description: 'the answer; thoughts go inside <think></think> before it' } },
    required: ['text'],
  },
};

/** The tools of a turn. @param space what the seat is asked; null when it is asked nothing */
export function offeredTools(spec: Spec, space: ActionSpace | null): OfferedTool[] {
  if (space === null || space.kind !== 'tools') return [answerTool];
  return describedTools(spec, space).map(({ name, description, parameters }) => ({
    ...{ name, description },
    parameters: { properties: {}, required: [], ...(parameters as JsonObject) },
  }));
}
