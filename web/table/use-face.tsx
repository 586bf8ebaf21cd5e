import { type ReactNode, useState } from 'react';
import type { FaceModule } from '../face.js';
import { keepPlain, keptPlain } from '../kept.js';

/** The face that is shown: none for whoever would rather read. The browser keeps what was chosen. */
export function useFace(face: FaceModule | null): { readonly face: FaceModule | null; readonly toggle: ReactNode } {
  const [plain, setPlain] = useState(keptPlain);
  const change = (next: boolean) => {
    keepPlain(next);
    setPlain(next);
  };
  if (face === null) return { face, toggle: null };
  const toggle = (
    <label className="check small in-words">
      <input type="checkbox" checked={plain} onChange={(event) => change(event.target.checked)} />
      Show the table in words
    </label>
  );
  return { face: plain ? null : face, toggle };
}
