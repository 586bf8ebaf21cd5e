import { Template } from '@huggingface/jinja';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../core/json.js';
import { stream } from '../../core/rng.js';
import { CHAT_TEMPLATE, chatIds, chatTurns } from './chat.js';
import { readTokenizerJson, tokenizerConfigJson, tokenizerJson } from './files.js';
import { Tokenizer } from './tokenizer.js';
import { CHAT_SPECIALS, PAD, TURN_END, TURN_START, trainTokenizer } from './train.js';
import { wordsOf } from './words.js';

/** Sentences of made-up words, some far more frequent than others. */
function prose(sentences: number, seed = 1): string[] {
  const rng = stream(seed, 'prose');
  const syllables = ['wer', 'wolf', 'vil', 'la', 'ger', 'see', 'r', 'vo', 'te', 'night', 'é', '夜', ' 42', "n't"];
  const words = Array.from({ length: 200 }, () =>
    Array.from({ length: 1 + rng.below(4) }, () => rng.pick(syllables)).join(''),
  );
  const word = (): string => words[Math.floor(words.length * rng.float() ** 3)] as string;
  return Array.from({ length: sentences }, () => `${Array.from({ length: 8 }, word).join(' ')}.\n`);
}

const trained = trainTokenizer(prose(500), { vocab: 512 });
const bytesOnly = trainTokenizer([], { vocab: 512 });

describe('training', () => {
  it('joins the most frequent pair first, and the smaller pair where counts are equal', () => {
    // "aabaab": aa twice, ab twice, ba once; then a word of its own count.
    const { vocabulary } = trainTokenizer(['aabaab', ' aab'], { vocab: 259, specials: [] });
    expect(vocabulary.tokens.slice(256)).toEqual(['aa', 'aab']);
    expect(vocabulary.merges).toHaveLength(2);
  });

  it('counts a run of one letter as its pairs stand, and joins it from the left', () => {
    const tokenizer = trainTokenizer(['aaaaaaaa aaaaaaaa'], { vocab: 258, specials: [] });
    expect(tokenizer.vocabulary.tokens.slice(256)).toEqual(['aa', 'aaaa']);
    expect(tokenizer.encode('aaaaa').map((id) => tokenizer.vocabulary.tokens[id])).toEqual(['aaaa', 'a']);
  });

  it('agrees with counting everything anew before each merge', () => {
    const texts = prose(60, 3);
    const { vocabulary } = trainTokenizer(texts, { vocab: 340, specials: [] });
    expect(vocabulary.merges).toEqual(mergesTheSlowWay(texts, vocabulary.tokens.slice(0, 256), 340));
  });

  it('gives the same vocabulary for the same texts, and fewer ids where no pair is frequent', () => {
    expect(trainTokenizer(prose(500), { vocab: 512 }).vocabulary).toEqual(trained.vocabulary);
    expect(trained.size).toBe(512);
    expect(bytesOnly.size).toBe(256 + CHAT_SPECIALS.length);
    expect(() => trainTokenizer([], { vocab: 260 })).toThrow('vocab: 260 has no room for 256 bytes and 5 special');
  });

  it('shortens the texts it learned from', () => {
    const [text] = prose(1);
    expect(trained.encode(text as string).length).toBeLessThan((bytesOnly.encode(text as string).length * 2) / 3);
  });
});

describe('encoding', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    fc
      .array(fc.constantFrom(' ', '\n', '\u00a0', '\ufeff', '\u0085', 'a', "'s", '٣', '-', '\ud800', TURN_END))
      .map((parts) => parts.join('')),
    fc.array(fc.constantFrom(...prose(3).join('').split(''))).map((letters) => letters.join('')),
  );

  it('comes back exactly, whatever the string', () => {
    for (const tokenizer of [trained, bytesOnly]) {
      fc.assert(
        fc.property(anyText, (text) => {
          expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
          expect(tokenizer.decode(tokenizer.encode(text, { specials: true }))).toBe(text);
        }),
        { seed: 1, numRuns: 500 },
      );
    }
  });

  it('cuts a text into words that make it up', () => {
    fc.assert(
      fc.property(anyText, (text) => wordsOf(text).join('') === text),
      { seed: 2, numRuns: 300 },
    );
    expect(wordsOf('\ufeff! \u0085!')).toEqual(['\ufeff!', ' ', '\u0085', '!']);
    expect(wordsOf("I'll vote  player_3 2x!\n\n ok")).toEqual([
      'I',
      "'ll",
      ' vote',
      ' ',
      ' player',
      '_',
      '3',
      ' 2',
      'x',
      '!',
      '\n\n',
      ' ok',
    ]);
  });

  it('takes any ids, and shows bytes that are no text as U+FFFD', () => {
    const [a, euro] = [bytesOnly.encode('a'), bytesOnly.encode('€')];
    expect(bytesOnly.decode([...a, ...euro.slice(0, 2), ...a])).toBe('a\ufffda');
    expect(() => bytesOnly.decode([5000])).toThrow('there is no token 5000: ids are 0 to 260');
  });

  it('reads special tokens in text only where it is told to', () => {
    const text = `${TURN_START}user`;
    expect(trained.encode(text, { specials: true })[0]).toBe(trained.special(TURN_START));
    expect(trained.encode(text)).not.toContain(trained.special(TURN_START));
    expect(trained.decode([trained.special(PAD), ...trained.encode('hi')], { specials: false })).toBe('hi');
    expect(() => trained.special('<|nobody|>')).toThrow('there is no special token "<|nobody|>"; known: <|pad|>, ');
  });
});

describe('a conversation', () => {
  const turns = [
    { role: 'user', content: ' \n Who is the wolf? <|im_end|>' },
    { role: 'assistant', content: '\n player_3' },
  ];

  it('begins with the ids of its prompt, and trains on what the assistant wrote', () => {
    const prompt = chatIds(trained, turns.slice(0, 1), { prompt: true });
    const whole = chatIds(trained, turns);
    expect(whole.ids.slice(0, prompt.ids.length)).toEqual(prompt.ids);
    const own = whole.ids.filter((_, index) => whole.trained[index]);
    expect(trained.decode(own)).toBe(`\n player_3${TURN_END}`);
    expect(prompt.trained).not.toContain(true);
  });

  it('keeps marks that a player spells plain', () => {
    const { ids } = chatIds(trained, turns);
    expect(ids.filter((id) => id === trained.special(TURN_END))).toHaveLength(2);
    expect(trained.decode(ids)).toBe(
      '<|im_start|>user<|im_sep|> \n Who is the wolf? <|im_end|><|im_end|><|im_start|>assistant<|im_sep|>\n player_3<|im_end|>',
    );
  });
});

describe('tools in conversations', () => {
  const parameters = { type: 'object', properties: { expr: { type: 'string', minLength: 1 } }, required: ['expr'] };
  const tools = [{ type: 'function', function: { name: 'calculator', description: 'Counts "é".', parameters } }];
  const call = (given: Json) => [{ id: 'c', type: 'function', function: { name: 'calculator', arguments: given } }];
  const messages = [
    { role: 'system', content: 'Rules.' },
    { role: 'user', content: 'What is 1 + 2?' },
    { role: 'assistant', content: '', tool_calls: call('{"expr":"1+2"}') },
    { role: 'tool', tool_call_id: 'c', content: '3' },
    { role: 'assistant', content: 'So:', tool_calls: call({ expr: '3', more: [1, null] }) },
    { role: 'user', content: null },
  ];

  it.each([tools, []])('are written as the template writes them', (...given) => {
    const spelt = given.flat();
    const rendered = new Template(CHAT_TEMPLATE).render({ messages, tools: spelt, add_generation_prompt: true });
    const { ids } = chatIds(trained, chatTurns(messages, spelt), { prompt: true });
    expect(trained.decode(ids)).toBe(rendered);
    expect(ids).toEqual(trained.encode(rendered, { specials: true }));
    expect(rendered).toContain('<tool_call>{"name": "calculator", "arguments": {"expr":"1+2"}}</tool_call>');
    expect(rendered.includes('{"type": "function", "function"')).toBe(spelt.length > 0);
  });
});

describe('files', () => {
  it('come back as the same tokenizer, merges as texts or as pairs', () => {
    const file = JSON.parse(JSON.stringify(tokenizerJson(trained)));
    expect(readTokenizerJson(file).vocabulary).toEqual(trained.vocabulary);
    file.model.merges = file.model.merges.map((merge: string) => merge.split(' '));
    expect(readTokenizerJson(file).vocabulary).toEqual(trained.vocabulary);
  });

  it('name the end, the padding and the template', () => {
    expect(tokenizerConfigJson(trained, 128)).toMatchObject({
      eos_token: TURN_END,
      pad_token: PAD,
      model_max_length: 128,
      chat_template: CHAT_TEMPLATE,
    });
    const plain = trainTokenizer([], { vocab: 256, specials: [] });
    expect(Object.keys(tokenizerConfigJson(plain, 8))).not.toContain('chat_template');
  });

  it('of another kind are refused with the place', () => {
    const file = tokenizerJson(trained);
    const refused = (change: object): void => {
      readTokenizerJson({ ...file, ...change });
    };
    expect(() => refused({ pre_tokenizer: { type: 'Metaspace' } })).toThrow(
      /pre_tokenizer\.type: .*only byte-level BPE/,
    );
    expect(() => refused({ normalizer: { type: 'NFC' } })).toThrow(/normalizer/);
    expect(() => readTokenizerJson('gpt2')).toThrow('not a JSON object');
    const { model } = file as { model: { merges: string[] } };
    expect(() => refused({ model: { ...model, merges: ['Ġ zzz'] } })).toThrow('merge 0 names a token');
    expect(() => new Tokenizer({ tokens: ['a'], merges: [], specials: [] })).toThrow('byte 0 has no token');
  });
});

/** The merges by the plainest method: count all pairs, join the best, begin again. */
function mergesTheSlowWay(texts: readonly string[], letters: readonly string[], vocab: number): number[][] {
  const tokens = [...letters];
  const byteIds = new Map(letters.map((letter, id) => [letter, id]));
  const { encode, vocabulary } = trainTokenizerOfBytes();
  let words = texts
    .flatMap((text) => wordsOf(text))
    .map((word) => encode(word).map((id) => byteIds.get(vocabulary[id] as string) as number));
  const merges: number[][] = [];
  while (tokens.length < vocab) {
    const counts = new Map<string, number>();
    for (const word of words)
      for (let i = 0; i + 1 < word.length; i++)
        counts.set(`${word[i]},${word[i + 1]}`, (counts.get(`${word[i]},${word[i + 1]}`) ?? 0) + 1);
    const pairs = [...counts].map(([pair, count]) => ({
      pair: pair.split(',').map(Number) as [number, number],
      count,
    }));
    pairs.sort((x, y) => y.count - x.count || x.pair[0] - y.pair[0] || x.pair[1] - y.pair[1]);
    const [best] = pairs;
    if (best === undefined || best.count < 2) break;
    const [left, right] = best.pair;
    merges.push([left, right]);
    const text = `${tokens[left]}${tokens[right]}`;
    const id = tokens.includes(text) ? tokens.indexOf(text) : tokens.push(text) - 1;
    words = words.map((word) => {
      const out: number[] = [];
      for (const token of word) {
        if (out.at(-1) === left && token === right) out[out.length - 1] = id;
        else out.push(token);
      }
      return out;
    });
  }
  return merges;
}

function trainTokenizerOfBytes() {
  const tokenizer = trainTokenizer([], { vocab: 256, specials: [] });
  return { encode: (text: string) => tokenizer.encode(text), vocabulary: tokenizer.vocabulary.tokens };
}
