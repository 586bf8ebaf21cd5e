import { useCallback, useState } from 'react';
import { textOf } from './loaded.js';

interface Attempt {
  readonly busy: boolean;
  readonly failed: string | null;
  /** Does something that the server may refuse, and keeps why it did. */
  readonly attempt: (act: () => Promise<void>) => Promise<void>;
}

/** Something that a person does with the server, one at a time. */
export function useAttempt(): Attempt {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const attempt = useCallback(async (act: () => Promise<void>) => {
    setBusy(true);
    setFailed(null);
    await act().catch((error: unknown) => setFailed(textOf(error)));
    setBusy(false);
  }, []);
  return { busy, failed, attempt };
}

/** Why something was not done, beside what asked for it. */
export function Failed({ text }: { readonly text: string | null }) {
  return text === null ? null : (
    <p className="fault" role="alert">
      {text}
    </p>
  );
}
