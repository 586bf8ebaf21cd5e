import { type DragEvent, useId, useState } from 'react';
import { goTo } from '../address.js';
import { openFile } from './opened.js';

/** Opens a file of records from this computer, by choosing or by dropping it. Only the record one looks at is sent. */
export function OpenFile() {
  const id = useId();
  const [over, setOver] = useState(false);
  const open = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file === undefined) return;
    openFile(file);
    goTo('replays', 'file');
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    open(event.dataTransfer.files);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      className={`card opening ${over ? 'over' : ''}`}
      aria-label="Open a file"
      onDragOver={drag}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id}>Open a file of records, or drop it here</label>
      <input id={id} type="file" accept=".jsonl,.json,.ndjson" onChange={(event) => open(event.target.files)} />
      <p className="quiet small">
        It may be larger than memory and is read where it lies; only the record you look at is sent to the server.
      </p>
    </section>
  );
}
