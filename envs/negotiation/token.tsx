/** Pictures of the items of the usual deal, on a field of 24 by 24; others are drawn by their first letter. */
const SHAPES: { readonly [item: string]: string } = {
  books: 'M5 4H17Q19 4 19 6V20H7Q5 20 5 18ZM5 17Q5 16 7 16H19M9 8H15',
  hats: 'M3 18Q12 22 21 18L18 16Q17 6 12 6T6 16ZM6 15Q12 18 18 15',
  balls: 'M12 3A9 9 0 1 0 12 21A9 9 0 1 0 12 3ZM5 7Q12 12 19 7M5 17Q12 12 19 17',
};

interface Props {
  readonly item: string;
  /** Whose it would be: `own`, `other`, or `free` while nobody is said to get it. */
  readonly look: 'own' | 'other' | 'free';
}

/** One item. What it means is said beside it. */
export function Token({ item, look }: Props) {
  const shape = SHAPES[item];
  return (
    <svg viewBox="0 0 24 24" className={`token ${look}`} aria-hidden="true">
      {shape === undefined ? (
        <>
          <rect x="3" y="3" width="18" height="18" rx="4" />
          <text x="12" y="16.5" textAnchor="middle" fontSize="12">
            {item.charAt(0).toUpperCase()}
          </text>
        </>
      ) : (
        <path d={shape} />
      )}
    </svg>
  );
}

interface TokensProps {
  readonly item: string;
  readonly first: number;
  readonly rest: number;
  readonly looks: readonly [Props['look'], Props['look']];
}

/** All items of one kind, those of the first side before those of the other. */
export function Tokens({ item, first, rest, looks }: TokensProps) {
  const tokens = Array.from({ length: first + rest }, (_, at) => ({ place: `${at}`, look: looks[at < first ? 0 : 1] }));
  return (
    <span className="tokens">
      {tokens.map(({ place, look }) => (
        <Token key={place} item={item} look={look} />
      ))}
    </span>
  );
}
