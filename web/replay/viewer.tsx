import { useEffect, useMemo, useState } from 'react';
import { seatName } from '../../src/core/environment.js';
import type { Replay, ReplayViewer } from '../../src/server/replays/wire.js';
import { linkTo, setQuery } from '../address.js';
import { environment } from '../api.js';
import { faceOf } from '../faces.js';
import { Heading } from '../heading.js';
import { type Loaded, Show, useLoaded } from '../loaded.js';
import { WhatIf } from './fork.js';
import { resultOf } from './kept.js';
import { matched } from './position.js';
import { Scene, type Stage } from './scene.js';
import { type Opening, openingOf, queryFor, replayOf, type Source } from './source.js';
import { Timeline } from './timeline.js';
import { usePlayer } from './use-player.js';
import '../form/form.css';
import '../table/table.css';

interface Props {
  readonly source: Source;
  readonly title: string;
}

/** One record, to be gone through from any eyes. */
export default function Viewer({ source, title }: Props) {
  const { loaded } = useLoaded((signal) => opened(source, signal), keyOf(source));
  return (
    <>
      {loaded.is === 'ready' ? null : <Heading title="Replay">Replay of {title}</Heading>}
      <Show loaded={loaded}>{(known) => <Open source={source} {...known} />}</Show>
    </>
  );
}

interface Known extends Stage {
  readonly all: Replay;
}

async function opened(source: Source, signal: AbortSignal): Promise<Known> {
  const all = await replayOf(source, 'all', signal);
  const [card, face] = await Promise.all([environment(all.environment, signal), faceOf(all.environment)]);
  return { all, card, face };
}

/** Where one is: the turn of the record, and the viewer's own frame where it was reached by stepping through these. */
interface Place extends Opening {
  readonly frame: number | null;
}

function Open({ source, all, card, face }: Known & Pick<Props, 'source'>) {
  const [place, setPlace] = usePlace();
  const { viewer, beside } = place;
  const turn = Math.min(place.turn, all.frames.length - 1);
  const shown = useViewer(source, all, viewer);
  const compare = (id: string | null) => setPlace((now) => ({ ...now, beside: id }));
  return (
    <>
      <Heading title={`Replay of ${all.title}`}>{all.title}</Heading>
      <p className="row small">
        {resultOf(all)}; {all.steps} steps{all.started === null ? '' : `; ${new Date(all.started).toLocaleString()}`}
        {all.parent === null ? null : (
          <a href={`${linkTo('replays', all.parent.id)}?turn=${all.parent.step}`}>forked at step {all.parent.step}</a>
        )}
        {source.is === 'kept' ? (
          <a href={`/api/replays/${encodeURIComponent(source.id)}/record`}>the record itself</a>
        ) : null}
      </p>
      <Eyes
        replay={all}
        viewer={viewer}
        onChoose={(next) => setPlace((now) => ({ ...now, viewer: next, frame: null }))}
      />
      <Show loaded={shown}>
        {(replay) => <Running {...{ all, replay, card, face, place: { ...place, turn }, setPlace, compare }} />}
      </Show>
      <WhatIf source={source} replay={all} turn={turn} beside={beside} compare={compare} />
      <details className="rulebook">
        <summary>Rules</summary>
        <p className="rules">{all.rules}</p>
        <a href={linkTo('catalogue', all.environment)}>More about {all.title}</a>
      </details>
    </>
  );
}

type SetPlace = (change: (now: Place) => Place) => void;

/** The place as the page's address says it, and says it on. */
function usePlace(): [Place, SetPlace] {
  const [place, setPlace] = useState<Place>(() => ({ ...openingOf(window.location.hash), frame: null }));
  useEffect(() => setQuery(queryFor(place)), [place]);
  useEffect(() => {
    const follow = () => setPlace({ ...openingOf(window.location.hash), frame: null });
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return [place, setPlace];
}

function useViewer(source: Source, all: Replay, viewer: ReplayViewer): Loaded<Replay> {
  const load = async (signal: AbortSignal) => (viewer === 'all' ? all : replayOf(source, viewer, signal));
  return useLoaded(load, `${keyOf(source)} ${viewer}`).loaded;
}

interface RunningProps extends Stage {
  readonly all: Replay;
  readonly replay: Replay;
  readonly place: Place;
  readonly setPlace: SetPlace;
  readonly compare: (id: string | null) => void;
}

function Running({ all, replay, card, face, place, setPlace, compare }: RunningProps) {
  const { frames, viewer } = replay;
  const { beside } = place;
  const match = useMemo(() => matched(all.frames, frames, viewer), [all, frames, viewer]);
  const at = Math.min(place.frame ?? match.frameAt(place.turn), frames.length - 1);
  const go = (frame: number) => setPlace((now) => ({ ...now, turn: match.turnAt(frame), frame }));
  const player = usePlayer(at, frames.length - 1, go);
  return (
    <>
      <Timeline frames={frames} at={at} whose={viewer === 'all' ? 'Decisions' : 'Own turns'} go={go} {...player} />
      <p className="unseen" role="status">
        {player.playing ? '' : (frames[at]?.events.map(({ said }) => said).join(' ') ?? '')}
      </p>
      <div className={beside === null ? undefined : 'pair'}>
        <Scene replay={replay} at={at} card={card} face={face} which="" />
        {beside === null ? null : <Beside {...{ turn: place.turn, viewer, card, face, compare }} id={beside} />}
      </div>
    </>
  );
}

interface BesideProps extends Stage {
  readonly id: string;
  readonly turn: number;
  readonly viewer: ReplayViewer;
  readonly compare: RunningProps['compare'];
}

/** Another record at the same turn, for the same viewer. */
function Beside({ id, turn, viewer, card, face, compare }: BesideProps) {
  const { loaded } = useLoaded(async (signal) => {
    const source: Source = { is: 'kept', id };
    const all = await replayOf(source, 'all', signal);
    return { all, replay: viewer === 'all' ? all : await replayOf(source, viewer, signal) };
  }, `${id} ${viewer}`);
  return (
    <section className="beside" aria-labelledby="beside">
      <div className="row apart">
        <h2 id="beside">Beside it, at the same step</h2>
        <button type="button" onClick={() => compare(null)}>
          Take away
        </button>
      </div>
      <Show loaded={loaded}>
        {({ all, replay }) => {
          const at = matched(all.frames, replay.frames, replay.viewer).frameAt(turn);
          return (
            <>
              <p className="small">
                <a href={`${linkTo('replays', id)}?turn=${turn}`}>{replay.seats.join(', ')}</a>: {resultOf(replay)}
              </p>
              <Scene replay={replay} at={at} card={card} face={face} which=" beside it" />
            </>
          );
        }}
      </Show>
    </section>
  );
}

interface EyesProps {
  readonly replay: Replay;
  readonly viewer: ReplayViewer;
  readonly onChoose: (viewer: ReplayViewer) => void;
}

/** Through whose eyes. */
function Eyes({ replay, viewer, onChoose }: EyesProps) {
  const choose = (value: string) => onChoose(value === 'all' || value === 'public' ? value : Number(value));
  return (
    <div className="field narrow">
      <label htmlFor="eyes">Through the eyes of</label>
      <select id="eyes" value={String(viewer)} onChange={(event) => choose(event.target.value)}>
        <option value="all">somebody who knows everything</option>
        <option value="public">a spectator</option>
        {replay.seats.map((name, seat) => (
          <option key={seatName(seat)} value={seat}>
            {seatName(seat)} ({name})
          </option>
        ))}
      </select>
    </div>
  );
}

function keyOf(source: Source): string {
  return source.is === 'kept' ? source.id : source.text;
}
