/**
 * The strategy that follows from predicted advantages: in proportion to the positive ones.
 * NOTE: with none positive the largest advantage is played for sure; uniform play there converges far worse (Brown et
 * al. 2019, section 5.2).
 */
export function matchRegrets(advantages: ArrayLike<number>): Float64Array {
  const strategy = new Float64Array(advantages.length);
  let sum = 0;
  let best = 0;
  for (let at = 0; at < strategy.length; at++) {
    const advantage = advantages[at] as number;
    if (advantage > (advantages[best] as number)) best = at;
    if (advantage <= 0) continue;
    strategy[at] = advantage;
    sum += advantage;
  }
  if (sum <= 0) strategy[best] = 1;
  else for (let at = 0; at < strategy.length; at++) strategy[at] = (strategy[at] as number) / sum;
  return strategy;
}
