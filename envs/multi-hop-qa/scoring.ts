/** NOTE: a letter with a mark is a letter to Python and none to `\b` here. */
const ARTICLES = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;
/** The marks that Python calls punctuation. */
const MARKS = /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]/g;
/** Answers that earn nothing by sharing words with another. */
const CLOSED: readonly string[] = ['yes', 'no', 'noanswer'];

/**
 * An answer as it is compared: lower case, without ASCII punctuation, without the words a, an and the, spaces made one.
 * SEE: P. Rajpurkar et al., "SQuAD", EMNLP 2016, section 6.1, and the evaluation script of HotpotQA.
 */
export function normalised(answer: string): string {
  return answer.toLowerCase().replace(MARKS, '').replace(ARTICLES, ' ').split(/\s+/).filter(isWord).join(' ');
}

function isWord(text: string): boolean {
  return text !== '';
}

/** 1 where two answers are the same once normalised, else 0: a longer answer that holds the right one is wrong. */
export function exactMatch(answer: string, gold: string): 0 | 1 {
  return normalised(answer) === normalised(gold) ? 1 : 0;
}

/**
 * Harmonic mean of precision and recall over the words of an answer, each counted as often as it stands there. Where
 * one side is yes or no, only the same answer counts.
 * SEE: Z. Yang et al., "HotpotQA", EMNLP 2018, section 5.2 and its evaluation script.
 */
export function f1(answer: string, gold: string): number {
  const [said, right] = [normalised(answer), normalised(gold)];
  if (said !== right && (CLOSED.includes(said) || CLOSED.includes(right))) return 0;
  const [own, wanted] = [said.split(' ').filter(isWord), right.split(' ').filter(isWord)];
  const shared = sharedWords(own, wanted);
  return shared === 0 ? 0 : (2 * shared) / (own.length + wanted.length);
}

function sharedWords(a: readonly string[], b: readonly string[]): number {
  const left = [...b];
  return a.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
}
