import { seatName } from '../../src/core/environment.js';
import type { AgentCard } from '../../src/server/lobby/wire.js';
import { each } from '../each.js';
import { firstFree, type Wish } from './wish.js';

interface Props {
  readonly count: number;
  readonly agents: readonly AgentCard[];
  readonly wish: Wish;
  readonly onChange: (wish: Wish) => void;
}

/** Who sits where: a person, or one of the server's agents. */
export function Seats({ count, agents, wish, onChange }: Props) {
  const own = firstFree(wish, count);
  const seats = Array.from({ length: count }, (_, seat) => String(seat));
  const sit = (seat: string, agent: string) => {
    const { [seat]: _gone, ...others } = wish.agents;
    onChange({ ...wish, agents: agent === '' ? others : { ...others, [seat]: agent } });
  };
  const fill = (agent: string) =>
    onChange({
      ...wish,
      agents: Object.fromEntries(seats.filter((seat) => seat !== own).map((seat) => [seat, agent])),
    });
  return (
    <>
      <div className="fields">
        {each(seats, (seat) => (
          <div className="field">
            <label htmlFor={`seat-${seat}`}>{seatName(Number(seat))}</label>
            <select
              id={`seat-${seat}`}
              value={wish.agents[seat] ?? ''}
              onChange={(event) => sit(seat, event.target.value)}
            >
              <option value="">{seat === own ? 'you' : 'a person'}</option>
              {agents.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title === name ? name : `${name}: ${title}`}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
      {count > 2 && agents[0] !== undefined ? <Fill agents={agents} onFill={fill} /> : null}
    </>
  );
}

function Fill({ agents, onFill }: { readonly agents: readonly AgentCard[]; readonly onFill: (agent: string) => void }) {
  return (
    <p className="row small fill">
      All other seats:
      {agents.map(({ name }) => (
        <button key={name} type="button" className="plain" onClick={() => onFill(name)}>
          {name}
        </button>
      ))}
    </p>
  );
}
