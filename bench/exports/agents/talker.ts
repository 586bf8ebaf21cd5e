import { type ActRequest, type AgentFamily, type Message, type ModelCall, print, type Rng, sample } from 'ludus';

/**
 * Plays at random and speaks as if a model had: a whole conversation sent with each call, a thought of its own before
 * each answer, ids of all tokens, log probabilities. One answer in twenty is none, and is asked for again.
 */
const talker: AgentFamily = {
  id: 'talker',
  title: 'random moves in the words of a model, calls and tokens included',
  usage: '',
  open: () => {
    return ({ environment }) => {
      const sent: Message[] = [];
      const ids: number[] = [];
      const say = (message: Message) => {
        sent.push(message);
        ids.push(...tokensOf(message));
      };
      return {
        manifest: { agent: 'talker' },
        act(request: ActRequest) {
          const { rng, space, attempt, rules, refused } = request;
          if (sent.length === 0) say({ role: 'system', content: rules });
          say({ role: 'user', content: refused?.text ?? request.text.slice(rules.length).trim() });
          const blank = attempt === 1 && rng.below(20) === 0;
          const text = blank
            ? thoughtOf(rng)
            : `${thoughtOf(rng)}\n${print(space, sample(environment.spec, space, rng))}`;
          const call = callOf(sent, ids, text, rng);
          say({ role: 'assistant', content: text });
          return { reply: { text }, calls: [call] };
        },
      };
    };
  },
};

export default talker;

const WORDS =
  'corner middle edge line fork block open centre first then here safe threat row column diagonal wins holds both never'.split(
    ' ',
  );

function thoughtOf(rng: Rng): string {
  return Array.from({ length: 14 }, () => WORDS[rng.below(WORDS.length)]).join(' ');
}

function callOf(sent: readonly Message[], prompt: readonly number[], text: string, rng: Rng): ModelCall {
  const completion = tokensOf({ role: 'assistant', content: text });
  return {
    model: 'talker-1',
    parameters: { temperature: 1, topP: 1, maxTokens: 64 },
    messages: [...sent],
    reply: { role: 'assistant', content: text, finish: 'stop' },
    usage: { promptTokens: prompt.length, completionTokens: completion.length, cachedTokens: 0, reasoningTokens: null },
    tokens: { prompt: [...prompt], completion },
    logprobs: completion.map(() => -Math.round(rng.float() * 1e6) / 1e6),
  };
}

/** A token for each word, the role before them and an end behind them. */
function tokensOf({ role, content }: Message): number[] {
  return `<${role}> ${content as string} </>`.split(/\s+/).map(idOf);
}

function idOf(word: string): number {
  let id = 7;
  for (let at = 0; at < word.length; at++) id = (id * 31 + word.charCodeAt(at)) % 32_000;
  return id;
}
