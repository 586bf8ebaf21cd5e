import { lazy } from 'react';
import { linkTo } from '../address.js';
import { Heading } from '../heading.js';
import { Show, useLoaded } from '../loaded.js';
import { FileList } from './file-list.js';
import { Kept } from './kept.js';
import { OpenFile } from './open-file.js';
import { type Opened, useOpened } from './opened.js';
import './replay.css';

const Viewer = lazy(() => import('./viewer.js'));

/** Replays: those the server lists, the records of a file that somebody opened, or one of either. */
export default function Replays({ rest: [id, line] }: { readonly rest: readonly string[] }) {
  const opened = useOpened();
  if (id === undefined) return <Kept />;
  if (id !== 'file') return <Viewer source={{ is: 'kept', id }} title={id} />;
  if (opened === null) return <NoFile />;
  return line === undefined ? <FileList opened={opened} /> : <OfFile opened={opened} line={Number(line)} />;
}

function OfFile({ opened, line }: { readonly opened: Opened; readonly line: number }) {
  const { loaded } = useLoaded(() => opened.lines.text(line), `${opened.name} ${line}`);
  return (
    <>
      <p className="small">
        <a href={linkTo('replays', 'file')}>Records of {opened.name}</a>
      </p>
      <Show loaded={loaded}>{(text) => <Viewer source={{ is: 'line', text }} title={`line ${line + 1}`} />}</Show>
    </>
  );
}

/** NOTE: a browser gives a page the file that was chosen, and forgets it with the page. */
function NoFile() {
  return (
    <>
      <Heading>The file is closed</Heading>
      <p>A file is open only until the page is loaded again. Choose it once more to look at its records.</p>
      <OpenFile />
    </>
  );
}
