/** A document that was found: its position in the collection, and its score, above 0. */
export interface Hit {
  readonly at: number;
  readonly score: number;
}

export interface Index {
  /** Documents that share a word with the query, best first; equal scores in the order of the collection. */
  search(query: readonly string[]): Hit[];
}

/** How soon repeating a word stops counting, and how much long documents are held back. */
const K1 = 1.2;
const B = 0.75;

/**
 * Okapi BM25 over documents given as lists of words. A word counts idf * tf / (tf + k1 * (1 - b + b * length / mean
 * length)), summed over the words of the query, a word asked twice counting twice; idf is ln(1 + (N - n + 0.5) /
 * (n + 0.5)).
 * SEE: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, equation 3.15, with
 * k1 = 1.2 and b = 0.75.
 * NOTE: the 1 inside the logarithm is Lucene's; without it a word of more than half the documents would count against.
 */
export function bm25(documents: readonly (readonly string[])[]): Index {
  const postings = new Map<string, Map<number, number>>();
  for (const [at, words] of documents.entries()) for (const word of words) count(postings, word, at);
  const total = documents.reduce((sum, words) => sum + words.length, 0);
  const mean = total / Math.max(1, documents.length);
  const damping = documents.map((words) => K1 * (1 - B + (B * words.length) / mean));
  return {
    search(query) {
      const scores = new Map<number, number>();
      for (const word of query) {
        const found = postings.get(word);
        if (found === undefined) continue;
        const idf = Math.log(1 + (documents.length - found.size + 0.5) / (found.size + 0.5));
        for (const [at, tf] of found) {
          const more = (idf * tf) / (tf + (damping[at] as number));
          scores.set(at, (scores.get(at) ?? 0) + more);
        }
      }
      return [...scores].map(([at, score]) => ({ at, score })).sort((x, y) => y.score - x.score || x.at - y.at);
    },
  };
}

function count(postings: Map<string, Map<number, number>>, word: string, at: number): void {
  let found = postings.get(word);
  if (found === undefined) {
    found = new Map();
    postings.set(word, found);
  }
  found.set(at, (found.get(at) ?? 0) + 1);
}
