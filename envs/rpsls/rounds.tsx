import { Drawn } from './hands.js';
import { beats, THROWS, type Throw, type View, winnerOf } from './throws.js';

interface Props {
  readonly throws: View['throws'];
  readonly names: readonly string[];
}

/** How many rounds are drawn; the earlier ones are only counted. */
const SHOWN = 6;

/** The last round, large. */
export function LastRound({ throws, names }: Props) {
  const last = throws.at(-1);
  const [first, second] = last ?? [];
  if (last === undefined || first === undefined || second === undefined) return null;
  const winner = winnerOf(last);
  const [better, worse] = winner === 1 ? [second, first] : [first, second];
  const verb = winner === null ? 'ties with' : beats(better, worse);
  return (
    <figure className="last">
      <div className="row" aria-hidden="true">
        <Large hand={first} name={names[0] ?? ''} won={winner === 0} />
        <strong>{winner === null ? '=' : winner === 0 ? '>' : '<'}</strong>
        <Large hand={second} name={names[1] ?? ''} won={winner === 1} />
      </div>
      <figcaption>
        Round {throws.length}: {better} {verb} {worse}
        {winner === null ? '' : `; ${names[winner]} wins it`}.
      </figcaption>
    </figure>
  );
}

function Large({ hand, name, won }: { readonly hand: Throw; readonly name: string; readonly won: boolean }) {
  return (
    <span className={won ? 'large won' : 'large'}>
      <Drawn hand={hand} />
      <span className="small">{name}</span>
    </span>
  );
}

/** The latest rounds, and how often each seat has thrown what. */
export function Rounds({ throws, names }: Props) {
  const latest = [...throws.entries()].slice(-SHOWN).reverse();
  return (
    <div className="rounds">
      <table>
        <caption>Latest rounds</caption>
        <Head first="Round" names={names} />
        <tbody>
          {latest.map(([round, thrown]) => (
            <tr key={round}>
              <th scope="row">{round + 1}</th>
              {names.map((name, seat) => (
                <td key={name}>
                  <Named hand={thrown[seat]} won={winnerOf(thrown) === seat} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Counts throws={throws} names={names} />
    </div>
  );
}

function Named({ hand, won }: { readonly hand: Throw | undefined; readonly won: boolean }) {
  if (hand === undefined) return null;
  return (
    <span className={won ? 'named won' : 'named'}>
      <Drawn hand={hand} />
      {hand}
      {won ? ' won' : ''}
    </span>
  );
}

function Counts({ throws, names }: Props) {
  const count = (seat: number, hand: Throw) => throws.filter((round) => round[seat] === hand).length;
  return (
    <table>
      <caption>How often</caption>
      <Head first="Throw" names={names} />
      <tbody>
        {THROWS.map((hand) => (
          <tr key={hand}>
            <th scope="row">{hand}</th>
            {names.map((name, seat) => (
              <td key={name}>{count(seat, hand)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ first, names }: Pick<Props, 'names'> & { readonly first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {names.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
