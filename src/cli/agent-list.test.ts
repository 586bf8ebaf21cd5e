import { describe, expect, it } from 'vitest';
import { agentList } from './agent-list.js';

describe('--agents', () => {
  it.each([
    ['random', ['random']],
    ['mcts:200, minimax', ['mcts:200', 'minimax']],
    [
      '(llm:ollama/qwen3:4b,style=recon,memory=window:4),random',
      ['llm:ollama/qwen3:4b,style=recon,memory=window:4', 'random'],
    ],
    ['random, ( llm:vllm/m,votes=3 )', ['random', 'llm:vllm/m,votes=3']],
    ['own:{"a":[1,2],"b":3},random', ['own:{"a":[1,2],"b":3}', 'random']],
    ['own:[1,2]', ['own:[1,2]']],
    ['(a)(b,c)', ['(a)(b,c)']],
    ['llm:vllm/m@http://[::1]:8000/v1,random', ['llm:vllm/m@http://[::1]:8000/v1', 'random']],
  ])('%s', (text, agents) => {
    expect(agentList(text)).toEqual(agents);
  });

  it('says which option has the fault', () => {
    expect(() => agentList('a,', '--agents-of')).toThrow('--agents-of takes agents separated by commas, got "a,"');
  });

  it.each([
    ['', 'takes agents separated by commas'],
    ['random,,random', 'takes agents separated by commas'],
    ['()', 'takes agents separated by commas'],
    ['(random', 'the brackets in "(random" do not match'],
    ['random),random', 'do not match'],
    ['own:[1,(2],3)', 'do not match'],
  ])('refuses "%s"', (text, message) => {
    expect(() => agentList(text)).toThrow(message);
  });
});
