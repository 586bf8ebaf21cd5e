/** A reward or return with its sign, as short as it can be said. */
export function amount(value: number): string {
  const short = String(Math.round(value * 1000) / 1000).replace('-', '−');
  return value > 0 ? `+${short}` : short;
}
