import { type ReactNode, useMemo } from 'react';
import { isObject, type Json } from '../../src/core/json.js';
import type { Move } from '../../src/core/space.js';
import type { TableView } from '../../src/server/wire/wire.js';
import { each } from '../each.js';
import type { FaceModule, Notes } from '../face.js';
import { labelOf, labelOfValue } from '../form/field.js';
import { keepNote, keptNote } from '../kept.js';

interface Props {
  readonly view: TableView;
  readonly names: readonly string[];
  readonly face: FaceModule | null;
  readonly act: ((move: Move) => void) | null;
  readonly standing: readonly string[];
  readonly matchID: string;
  /** What stands below it. */
  readonly children: ReactNode;
}

/** What is seen of the table: by its own face, else in the game's words, else as a list of what there is. */
export function Seen({ view, names, standing, face, act, matchID, children }: Props) {
  const notes = useMemo(() => notesOf(`${matchID}:${view.seat}`), [matchID, view.seat]);
  return (
    <section className="seen card" aria-label="Table">
      {face === null ? (
        <Plain view={view} />
      ) : (
        <face.default
          table={view}
          names={names}
          standing={standing}
          act={act}
          notes={view.seat === null ? null : notes}
        />
      )}
      {children}
    </section>
  );
}

function notesOf(place: string): Notes {
  return {
    read: (name) => keptNote(`${place}:${name}`),
    write: (name, text) => keepNote(`${place}:${name}`, text),
  };
}

/** A table without a face. */
export function Plain({ view }: { readonly view: Pick<TableView, 'view' | 'shown'> }) {
  if (view.shown !== null) return <pre className="shown">{view.shown}</pre>;
  return <Value value={view.view} />;
}

/** Any plain value, without its notation. */
export function Value({ value }: { readonly value: Json }): ReactNode {
  if (Array.isArray(value)) return <Items items={value as readonly Json[]} />;
  if (!isObject(value)) return labelOfValue(value);
  return (
    <dl className="facts">
      {each(Object.entries(value), ([name, inner]) => (
        <>
          <dt>{labelOf(name)}</dt>
          <dd>
            <Value value={inner} />
          </dd>
        </>
      ))}
    </dl>
  );
}

function Items({ items }: { readonly items: readonly Json[] }): ReactNode {
  if (items.length === 0) return 'none';
  if (items.every((item) => typeof item !== 'object' || item === null)) return items.map(labelOfValue).join(', ');
  return (
    <ol>
      {each(items, (item) => (
        <li>
          <Value value={item} />
        </li>
      ))}
    </ol>
  );
}
