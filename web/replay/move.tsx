import type { Annotation } from '../../replays/annotations.js';
import { isObject, type Json } from '../../src/core/json.js';
import type { ActionSpace, Move, ToolCall } from '../../src/core/space.js';
import type { Played, PlayedMove, Tried } from '../../src/server/replays/wire.js';
import { each } from '../each.js';
import { labelOf } from '../form/field.js';
import { amount } from '../table/amount.js';
import { ArgumentsOf } from '../table/called.js';
import { Value } from '../table/seen.js';
import { Bars } from './bars.js';
import { Calls, Text } from './call.js';
import { graded, weighed } from './weighed.js';

interface Props {
  readonly step: Played | null;
  readonly names: readonly string[];
  readonly messages: readonly Json[];
  /** Which game, where several are shown. */
  readonly which: string;
  /** What stands here when the game is over. */
  readonly end: string;
}

/** The step that comes next: who plays what, and why. */
export function Step({ step, names, messages, which, end }: Props) {
  return (
    <section className="card next" aria-label={`What comes next${which}`}>
      <h2>What comes next{which}</h2>
      {step === null ? <p>{end}</p> : <Steps step={step} names={names} messages={messages} />}
    </section>
  );
}

function Steps({ step, names, messages }: Pick<Props, 'names' | 'messages'> & { readonly step: Played }) {
  const moves = Object.entries(step.seats);
  if (step.chance !== null) return <Outside says="Chance brings" value={step.chance} />;
  if (step.answers !== null) return <Outside says="From outside comes" value={step.answers} />;
  if (moves.length === 0) return <p className="quiet">Others move, or chance does; this viewer does not see what.</p>;
  return each(moves, ([seat, played]) => (
    <MadeMove played={played} name={names[Number(seat)] ?? seat} messages={messages} />
  ));
}

function Outside({ says, value }: { readonly says: string; readonly value: Json | readonly Json[] }) {
  return (
    <>
      <p>{says}:</p>
      <Value value={value as Json} />
    </>
  );
}

interface Made {
  readonly played: PlayedMove;
  readonly name: string;
  readonly messages: readonly Json[];
}

function MadeMove({ played, name, messages }: Made) {
  const { move, space, substituted, by, thought, reply, ms } = played;
  return (
    <article className="move" aria-label={`Move of ${name}`}>
      <h3>
        {name} {substituted ? <span className="tag alarm">moved by the rule, after failed answers</span> : null}
        {by === null ? null : <span className="tag">{by} sat in</span>}
        {ms === null ? null : (
          <span className="tag">{ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`}</span>
        )}
      </h3>
      <PlayedAs move={move} space={space} />
      {thought === null ? null : <Unfolding says="Thought" text={thought} open />}
      <Weighing played={played} />
      {each(played.annotations, (said) => (
        <Said annotation={said} />
      ))}
      {played.tries.length === 0 ? null : <Tries tries={played.tries} messages={messages} />}
      {reply === null ? null : <Unfolding says="Reply as it came" text={reply} />}
      <Calls calls={played.calls} messages={messages} />
    </article>
  );
}

/** A move in the words of its space. */
function PlayedAs({ move, space }: { readonly move: Move; readonly space: ActionSpace }) {
  if (space.kind === 'choice') {
    const option = space.options.find(({ id }) => id === move);
    return <p className="played">{option?.label ?? String(move)}</p>;
  }
  if (space.kind === 'text')
    return <blockquote className="words">{move === '' ? '(says nothing)' : String(move)}</blockquote>;
  if (space.kind === 'tools') return <Called calls={move as unknown as readonly ToolCall[]} />;
  return <Value value={move} />;
}

function Called({ calls }: { readonly calls: readonly ToolCall[] }) {
  if (calls.length === 0) return <p className="played">(calls no tool)</p>;
  return each(calls, ({ name, args }) => (
    <p className="played">
      {labelOf(name)} {isObject(args) ? <ArgumentsOf args={args} /> : <Value value={args} />}
    </p>
  ));
}

/** A text to be unfolded. */
function Unfolding({
  says,
  text,
  open = false,
}: {
  readonly says: string;
  readonly text: string;
  readonly open?: boolean;
}) {
  return (
    <details open={open}>
      <summary>{says}</summary>
      <Text value={text} />
    </details>
  );
}

function Weighing({ played: { candidates, move } }: { readonly played: PlayedMove }) {
  if (candidates.length === 0) return null;
  const options = weighed(candidates, move);
  if (options !== null) return <Bars options={options} caption="What it weighed" />;
  return (
    <details>
      <summary>What it weighed</summary>
      {each(candidates, (candidate) => (
        <Text value={candidate} />
      ))}
    </details>
  );
}

/** What was said of a move afterwards. */
function Said({ annotation }: { readonly annotation: Annotation }) {
  if (annotation.kind === 'grade') {
    const { source, cost, scale } = annotation;
    const caption = `Graded by ${source.algorithm}: cost ${amount(cost).replace('+', '')}, ${((100 * cost) / scale).toFixed(1)} % of the range`;
    return <Bars options={graded(annotation)} caption={caption} />;
  }
  const { source, good, score, reason } = annotation;
  return (
    <div className="judged">
      <p>
        Judged by {source.model}: {good ? 'a good move' : 'not a good move'}
        {score === undefined ? '' : ` (${score})`}
      </p>
      {reason === undefined ? null : <Text value={reason} />}
    </div>
  );
}

/** Tries that failed, each with why and what came. */
export function Tries({ tries, messages }: { readonly tries: readonly Tried[]; readonly messages: readonly Json[] }) {
  return (
    <details className="tries">
      <summary>
        {tries.length} {tries.length === 1 ? 'try' : 'tries'} failed
      </summary>
      {each(tries, ({ failure, reason, reply, thought, calls }) => (
        <div>
          <p>
            <strong>{failure}</strong>: {reason}
          </p>
          {thought === null ? null : <Text value={thought} />}
          {reply === null ? null : <Text value={reply} />}
          <Calls calls={calls} messages={messages} />
        </div>
      ))}
    </details>
  );
}
