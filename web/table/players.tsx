import type { Seat } from '../../src/core/environment.js';
import type { EnvironmentCard } from '../../src/server/lobby/wire.js';
import type { PlayerCard, TableView } from '../../src/server/wire/wire.js';
import { namesOf } from './seat-names.js';
import { badgesOf } from './story-model.js';

interface Props {
  readonly view: TableView;
  readonly players: readonly PlayerCard[];
  readonly looks: EnvironmentCard['looks'];
  /** Whether the game has begun: before, nobody is awaited. */
  readonly begun: boolean;
}

/** Who sits where, who is there, and who is awaited where everybody may know. */
export function Players({ view: seen, players, looks, begun }: Props) {
  const view = begun ? seen : { ...seen, waiting: null };
  const badges = badgesOf(view.events, looks);
  const names = namesOf(players);
  return (
    <section className="seats" aria-label="Seats">
      <ul>
        {players.map((player, seat) => (
          <li key={player.id} className={isAwaited(view, player.id) ? 'awaited' : undefined}>
            <strong>{names[seat]}</strong> <Tags view={view} player={player} badge={badges.get(player.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function isAwaited({ seat, asked, waiting }: TableView, who: Seat): boolean {
  return who === seat ? asked !== null : (waiting?.includes(who) ?? false);
}

function Tags({
  view,
  player,
  badge,
}: {
  readonly view: TableView;
  readonly player: PlayerCard;
  readonly badge: string | undefined;
}) {
  const tags = [
    ...(player.id === view.seat ? ['you'] : []),
    ...(badge === undefined ? [] : [badge]),
    standingOf(player),
    ...(isAwaited(view, player.id) ? [player.id === view.seat ? 'your turn' : 'to move'] : []),
  ];
  return tags.map((tag) => (
    <span key={tag} className={`tag ${tag === 'your turn' || tag === 'to move' ? 'lit' : ''}`}>
      {tag}
    </span>
  ));
}

/** What a seat is at the moment. */
export function standingOf({ data, isConnected }: PlayerCard): string {
  if (data.kind === 'open') return 'open';
  if (data.replacedBy !== undefined) return `${data.replacedBy} plays for them`;
  if (data.kind === 'agent') return 'agent';
  return isConnected === true ? 'here' : 'away';
}
