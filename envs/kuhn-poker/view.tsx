import { PlayingCard } from '../../web/face/playing-card.js';
import type { FaceProps } from '../../web/face.js';
import type { View } from './cards.js';

/** A card and the chips of each seat, and what it did. */
export default function Table({ table, names }: FaceProps) {
  const { cards, actions } = table.view as View;
  const shown = table.events.findLast(({ kind }) => kind === 'showdown')?.cards;
  const seen = [...cards].map((card, seat) =>
    card === '?' && typeof shown === 'string' ? (shown[seat] ?? '?') : card,
  );
  const put = seen.map((_, seat) => chips(actions, seat, seen.length));
  return (
    <>
      <ul className="hands">
        {seen.map((card, seat) => (
          <li key={names[seat]} className={seat === table.seat ? 'own' : undefined}>
            <PlayingCard card={card === '?' ? null : card} />
            <div>
              <strong>{names[seat]}</strong>
              <p className="quiet small">
                {deeds(actions, seat, seen.length)}; {put[seat]} in the pot
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p>
        Pot: <strong>{put.reduce((sum, own) => sum + own, 0)} chips</strong>
      </p>
    </>
  );
}

function own(actions: readonly string[], seat: number, seats: number): readonly string[] {
  return actions.filter((_, at) => at % seats === seat);
}

function deeds(actions: readonly string[], seat: number, seats: number): string {
  return own(actions, seat, seats).join(', ') || 'has not acted';
}

/** The ante, and one more for a bet or a call. */
function chips(actions: readonly string[], seat: number, seats: number): number {
  return own(actions, seat, seats).some((action) => action === 'bet' || action === 'call') ? 2 : 1;
}
