/** Time as a server has it: how late it is, and being told when some of it has passed. Milliseconds throughout. */
export interface Time {
  now(): number;
  /** @returns what calls it off */
  after(ms: number, run: () => void): () => void;
}

/** NOTE: a longer timer of Node fires at once. */
const LONGEST = 2 ** 31 - 1;

export const REAL_TIME: Time = {
  now: Date.now,
  after(ms, run) {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      timer = setTimeout(() => (left > LONGEST ? wait(left - LONGEST) : run()), Math.min(left, LONGEST));
    };
    wait(Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};
