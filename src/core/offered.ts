import { schemaOf } from './config.js';
import type { JsonObject } from './json.js';
import { describedIn, type ToolsSpace, type Vocabulary } from './space.js';

/** A tool as providers of models take it. `parameters` is the JSON Schema of its arguments. */
export type OfferedTool = { readonly name: string; readonly description: string; readonly parameters: JsonObject };

/** The tools of a space, those from outside as they are described there. */
export function describedTools(vocabulary: Vocabulary, space: ToolsSpace): OfferedTool[] {
  return space.tools.map((name) => {
    const described = describedIn(space, name);
    if (described !== undefined) return { name, ...described };
    const tool = vocabulary.tools?.[name];
    if (tool === undefined) throw new Error(`the spec declares no tool "${name}"`);
    const { $schema: _, ...parameters } = schemaOf(tool.args);
    return { name, description: tool.description, parameters };
  });
}
