import { useMemo, useState } from 'react';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { EnvironmentCard } from '../../src/server/lobby/wire.js';
import { linkTo } from '../address.js';
import { environment } from '../api.js';
import { each } from '../each.js';
import { Heading } from '../heading.js';
import { Show, useLoaded } from '../loaded.js';
import { type Block, readMarkdown, withoutSections } from '../markdown.js';
import { Prose } from '../prose.js';
import { ConfigForm } from './config-form.js';
import { factRows } from './facts.js';
import { useRules } from './rules.js';

/** One environment: its card, and its rules and facts under whatever configuration is set. */
export function Card({ id }: { readonly id: string }) {
  const { loaded } = useLoaded((signal) => environment(id, signal), id);
  return (
    <>
      <p className="small">
        <a href={linkTo('catalogue')}>Catalogue</a>
      </p>
      <Show loaded={loaded}>{(card) => <Opened card={card} />}</Show>
    </>
  );
}

function Opened({ card }: { readonly card: EnvironmentCard }) {
  const blocks = useMemo(() => bodyOf(card.card ?? ''), [card.card]);
  return (
    <>
      <Heading>{card.title}</Heading>
      <p>{card.summary}</p>
      <p>
        <a className="button main" href={linkTo('new', card.id)}>
          Play {card.title}
        </a>
      </p>
      <AsConfigured card={card} />
      <Prose blocks={blocks} />
      <p className="quiet small">
        {card.id}, version {card.version}
      </p>
    </>
  );
}

/** NOTE: the page has its own title and shows facts, configuration and presets itself, as configured. */
function bodyOf(markdown: string): Block[] {
  const blocks = readMarkdown(markdown);
  const rest = blocks[0]?.is === 'heading' && blocks[0].level === 1 ? blocks.slice(1) : blocks;
  return withoutSections(rest, ['Facts', 'Configuration', 'Presets']);
}

function AsConfigured({ card }: { readonly card: EnvironmentCard }) {
  const [config, setConfig] = useState<JsonObject | null>({});
  const rules = useRules(card.id, config);
  return (
    <section className="card configured" aria-labelledby="configured">
      <h2 id="configured">Rules as configured</h2>
      <ConfigForm schema={card.schema as Json} presets={card.presets} onChange={setConfig} />
      <Show loaded={rules}>
        {(configured) => (
          <>
            <p className="rules">{configured.rules}</p>
            <dl className="facts small">
              {each(factRows(configured.facts), ([name, value]) => (
                <>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </>
              ))}
            </dl>
          </>
        )}
      </Show>
    </section>
  );
}
