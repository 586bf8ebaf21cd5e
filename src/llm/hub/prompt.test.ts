import { describe, expect, it } from 'vitest';
import { Marks } from './prompt.js';

const SEAM = '\ue000';
const marks = new Marks(['<|im_end|>', '<|im_end|>!', 'a<b>', '<b>', '  ', 'x', '[INST]', '<\uff5cUser\uff5c>']);

describe('marks spelt in a text', () => {
  it.each([
    ['no mark', 'he said  x <|im_en|>', 0],
    ['one', 'well <|im_end|> then', 1],
    ['the longest', '<|im_end|>!', 1],
    ['one within another', 'a<b>', 2],
    ['one after another', '[INST][INST]', 2],
    ['what is left of one by taking it apart', '<<|im_end|>|im_end|>', 1],
    ['signs that are not of ASCII', '<\uff5cUser\uff5c>', 1],
  ])('%s', (_, text, seams) => {
    const apart = marks.apart(text, SEAM);
    expect(apart.replaceAll(SEAM, '')).toBe(text);
    expect(apart.split(SEAM)).toHaveLength(seams + 1);
    for (const piece of apart.split(SEAM)) expect(marks.apart(piece, SEAM)).toBe(piece);
  });

  it('a tokenizer without marks has nothing to take apart', () => {
    expect(new Marks(['\n\n']).apart('a\n\nb', SEAM)).toBe('a\n\nb');
  });
});
