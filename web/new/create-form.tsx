import { type FormEvent, useState } from 'react';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { AgentCard, EnvironmentCard } from '../../src/server/lobby/wire.js';
import { goTo } from '../address.js';
import { create, join, rules as rulesOf } from '../api.js';
import { Failed, useAttempt } from '../attempt.js';
import { ConfigForm } from '../catalogue/config-form.js';
import { useRules } from '../catalogue/rules.js';
import { keepName, keepSeat, keptName } from '../kept.js';
import { Show } from '../loaded.js';
import { NameField } from '../name-field.js';
import { ClockFields } from './clock-fields.js';
import { Seats } from './seats.js';
import { bodyOf, firstFree, type Wish, wished } from './wish.js';

interface Props {
  readonly card: EnvironmentCard;
  readonly agents: readonly AgentCard[];
}

/** How a game is to be: settings, seats, clock, who may see it. Whoever creates it sits down at once. */
export function CreateForm({ card, agents }: Props) {
  const [config, setConfig] = useState<JsonObject | null>({});
  const [wish, setWish] = useState<Wish>(() => wished(keptName(), agents));
  const { busy, failed, attempt } = useAttempt();
  const rules = useRules(card.id, config);
  const seats = rules.is === 'ready' ? rules.value.facts.seats : card.facts.seats;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(() => begin(card.id, wish, config ?? {}));
  };
  return (
    <form className="create" onSubmit={submit}>
      <section className="card" aria-labelledby="settings">
        <h2 id="settings">Settings</h2>
        <ConfigForm schema={card.schema as Json} presets={card.presets} onChange={setConfig} />
        <details>
          <summary>Rules as configured</summary>
          <Show loaded={rules}>{(configured) => <p className="rules small">{configured.rules}</p>}</Show>
        </details>
        {rules.is === 'failed' ? <p className="fault">{rules.text}</p> : null}
      </section>
      <section className="card" aria-labelledby="seats">
        <h2 id="seats">Seats</h2>
        <NameField name={wish.name} onChange={(name) => setWish({ ...wish, name })} />
        <Seats count={seats} agents={agents} wish={wish} onChange={setWish} />
      </section>
      <section className="card" aria-labelledby="clock">
        <h2 id="clock">Clock and guests</h2>
        <ClockFields wish={wish} agents={agents} onChange={setWish} />
      </section>
      <Failed text={failed} />
      <p>
        <button type="submit" className="main" disabled={busy || rules.is !== 'ready'}>
          {busy ? 'Setting the table…' : 'Create the game'}
        </button>
      </p>
    </form>
  );
}

/**
 * Creates the game, sits down in the first seat for a person, and goes there.
 * NOTE: how many seats there are is asked anew, for the rules shown may be those of the settings a moment ago.
 */
async function begin(game: string, wish: Wish, config: JsonObject): Promise<void> {
  const { seats } = (await rulesOf(game, config)).facts;
  const { matchID } = await create(game, bodyOf(wish, config, seats));
  const free = firstFree(wish, seats);
  if (free !== null) {
    keepName(wish.name);
    const seated = await join(game, matchID, { playerID: free, playerName: wish.name, consent: wish.consent });
    keepSeat(matchID, { playerID: seated.playerID, credentials: seated.playerCredentials });
  }
  goTo('table', game, matchID);
}
