import type { FaceProps } from '../../web/face.js';
import { Aid } from './aid.js';
import { latestVotes, memoryOf } from './memory.js';
import { Ring } from './ring.js';
import type { View } from './types.js';
import './view.css';

export const covers = ['seats'] as const;

const PHASES: { readonly [phase in View['phase']]: string } = {
  night: 'Night',
  discussion: 'Day, discussion',
  vote: 'Day, vote',
  over: 'The game is over',
};
const WINNERS = { wolves: 'The werewolves win.', village: 'The village wins.', nobody: 'Nobody wins.' };

/** The table: time of day, own role, seats in a ring with the latest votes, and a memory aid. */
export default function Table(props: FaceProps) {
  const { table, names, standing, act } = props;
  const view = table.view as View;
  const { you, role, round, phase, winner, potions } = view;
  const votes = latestVotes(table.events, view);
  return (
    <div className={phase === 'night' ? 'werewolf night' : 'werewolf'}>
      <div className="row apart">
        <p className="time">
          <Sky night={phase === 'night'} />
          <strong>{PHASES[phase]}</strong> · round {round}
        </p>
        {role === null ? null : (
          <p className="role">
            You are a <strong>{role}</strong>
            {you !== null && view.alive[you] === false ? ', and dead' : ''}
            {potions === undefined ? '' : `; ${potionWords(potions)}`}
          </p>
        )}
      </div>
      {winner === null ? null : <p className="notice">{WINNERS[winner]}</p>}
      <Ring
        view={view}
        names={names}
        standing={standing}
        votes={votes?.votes ?? []}
        space={table.asked?.space ?? null}
        act={act}
      />
      {votes === null ? null : <Ballot round={votes.round} votes={votes.votes} names={names} />}
      <Aid memory={memoryOf(view)} you={you} names={names} notes={props.notes} />
    </div>
  );
}

function potionWords({ heal, poison }: { readonly heal: boolean; readonly poison: boolean }): string {
  const left = [...(heal ? ['healing'] : []), ...(poison ? ['poison'] : [])];
  return left.length === 0 ? 'no potion left' : `potions left: ${left.join(' and ')}`;
}

interface BallotProps {
  readonly round: number;
  readonly votes: readonly (readonly [number, number | null])[];
  readonly names: readonly string[];
}

/** The arrows of the ring in words. */
function Ballot({ round, votes, names }: BallotProps) {
  return (
    <details className="ballot small">
      <summary>Votes of day {round}</summary>
      <ul>
        {votes.map(([seat, target]) => (
          <li key={seat}>
            {names[seat]} {target === null ? 'abstained' : `voted for ${names[target]}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Sky({ night }: { readonly night: boolean }) {
  return (
    <svg viewBox="0 0 20 20" className="sky" aria-hidden="true">
      {night ? <path d="M13 2a8 8 0 1 0 5 12A7 7 0 0 1 13 2Z" /> : <circle cx="10" cy="10" r="6" />}
    </svg>
  );
}
