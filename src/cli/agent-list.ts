import { UserError } from '../core/errors.js';

const OPENING = '([{';
const CLOSING = ')]}';

/**
 * Agents as `--agents` takes them: separated by commas. A comma within brackets is the agent's own, and round brackets
 * around a whole agent are there for that alone: `(llm:ollama/qwen3,style=recon),random`.
 * @param option the option that took it, for the errors
 * @throws UserError on an agent without a name and on brackets that do not match
 */
export function agentList(text: string, option = '--agents'): string[] {
  const agents = parts(text, option).map((part) => bare(part.trim()));
  if (agents.includes('')) throw new UserError(`${option} takes agents separated by commas, got "${text}"`);
  return agents;
}

function parts(text: string, option: string): string[] {
  const found = [''];
  const open: string[] = [];
  for (const sign of text) {
    const closes = CLOSING.indexOf(sign);
    if (OPENING.includes(sign)) open.push(sign);
    else if (closes >= 0 && open.pop() !== OPENING[closes]) throw unmatched(text, option);
    if (sign === ',' && open.length === 0) found.push('');
    else found[found.length - 1] += sign;
  }
  if (open.length > 0) throw unmatched(text, option);
  return found;
}

/** NOTE: only a pair that holds the whole agent goes; `(a)(b)` would be left without its meaning. */
function bare(agent: string): string {
  if (!agent.startsWith('(')) return agent;
  let depth = 0;
  for (const [at, sign] of [...agent].entries()) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (depth === 0) return at === [...agent].length - 1 ? agent.slice(1, -1).trim() : agent;
  }
  return agent;
}

function unmatched(text: string, option: string): UserError {
  return new UserError(`${option}: the brackets in "${text}" do not match`);
}
