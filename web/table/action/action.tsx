import type { Move } from '../../../src/core/space.js';
import type { Asked, TableView } from '../../../src/server/rooms/wire.js';
import type { Snapshot } from '../../client.js';
import { ChoiceAction } from './choice.js';
import { FormAction } from './form.js';
import { TextAction } from './text.js';
import { Timer } from './timer.js';
import { ToolsAction } from './tools.js';

interface Props {
  readonly snapshot: Snapshot;
  readonly view: TableView;
  readonly names: readonly string[];
  readonly act: (move: Move) => void;
  /** Whether seats are still open. */
  readonly open: boolean;
  /** Whether the plain choices are folded away, for the table's own face has them. */
  readonly folded: boolean;
}

/** What the viewer is asked, and the means to answer it; else whom the table waits for. */
export function Action({ snapshot, view, names, act, open, folded }: Props) {
  const { pending, refusal, connection, viewAt } = snapshot;
  const { asked } = view;
  return (
    <section className="action" aria-labelledby="action">
      <div className="row apart">
        <h2 id="action">{asked === null ? 'The table' : 'Your turn'}</h2>
        {asked?.leftMs == null ? null : <Timer leftMs={asked.leftMs} since={viewAt} paused={asked.paused} />}
      </div>
      {asked === null ? (
        <p className="quiet">{waitingWords(view, names, open)}</p>
      ) : (
        <Answer asked={asked} act={act} closed={pending !== null || connection !== 'open'} folded={folded} />
      )}
      <div role="status">
        {pending === null ? null : <p className="quiet">Your move is on its way to the server…</p>}
      </div>
      <Refusal texts={[asked?.refused?.text, refusal?.text]} />
    </section>
  );
}

interface Answering {
  readonly asked: Asked;
  readonly act: (move: Move) => void;
  readonly closed: boolean;
  readonly folded: boolean;
}

function Answer({ asked, act, closed, folded }: Answering) {
  const { space } = asked;
  switch (space.kind) {
    case 'choice': {
      const choices = <ChoiceAction space={space} act={act} closed={closed} />;
      if (!folded) return choices;
      return (
        <details>
          <summary>Choose by words</summary>
          {choices}
        </details>
      );
    }
    case 'text':
      return <TextAction space={space} act={act} closed={closed} />;
    case 'tools':
      return <ToolsAction tools={asked.tools ?? {}} act={act} closed={closed} />;
    case 'form':
      return (
        <FormAction
          key={JSON.stringify(space)}
          space={space}
          schema={asked.form?.schema ?? {}}
          act={act}
          closed={closed}
        />
      );
  }
}

function Refusal({ texts }: { readonly texts: readonly (string | undefined)[] }) {
  const told = texts.filter((text) => text !== undefined);
  return (
    <div role="alert">{told.length === 0 ? null : <p className="notice wrong">{[...new Set(told)].join(' ')}</p>}</div>
  );
}

function waitingWords({ seat, moved, waiting }: TableView, names: readonly string[], open: boolean): string {
  if (open) return 'The game has not begun.';
  if (moved) return 'Your move is in. The table waits for others.';
  if (waiting !== null && waiting.length > 0) return `Waiting for ${waiting.map((one) => names[one]).join(', ')}.`;
  return seat === null ? 'The game goes on; you are watching.' : 'It is not your turn.';
}
