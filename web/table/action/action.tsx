import type { ActionSpace, Move } from '../../../src/core/space.js';
import type { Asked, TableView } from '../../../src/server/wire/wire.js';
import type { Snapshot } from '../../client.js';
import type { FaceModule } from '../../face.js';
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
  /** What the table's own face has the means for. */
  readonly covers: Covers;
}

type Covers = NonNullable<FaceModule['covers']>;

/** What the viewer is asked, and the means to answer it; else whom the table waits for. */
export function Action({ snapshot, view, names, act, open, covers }: Props) {
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
        <Answer asked={asked} act={act} closed={pending !== null || connection !== 'open'} covers={covers} />
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
}

const COVERED: { readonly [kind in ActionSpace['kind']]: Covers[number] | null } = {
  choice: 'choices',
  form: 'forms',
  tools: 'tools',
  text: null,
};

/** The plain means to answer, folded away where the table's own face has better ones. */
function Answer({ covers, ...answering }: Answering & Pick<Props, 'covers'>) {
  const covered = COVERED[answering.asked.space.kind];
  if (covered === null || !covers.includes(covered)) return <Plain {...answering} />;
  return (
    <details>
      <summary>{covered === 'choices' ? 'Choose by words' : 'Fill in a form instead'}</summary>
      <Plain {...answering} />
    </details>
  );
}

function Plain({ asked, act, closed }: Answering) {
  const { space } = asked;
  switch (space.kind) {
    case 'choice':
      return <ChoiceAction space={space} act={act} closed={closed} />;
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
