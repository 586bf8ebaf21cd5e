import { useEffect, useState } from 'react';

interface Props {
  readonly leftMs: number;
  /** When that much was left, by `performance.now()`. */
  readonly since: number;
  readonly paused: boolean;
}

/** The time left for this turn. Short times are seen to be short by more than colour. */
export function Timer({ leftMs, since, paused }: Props) {
  const now = useNow(paused);
  const left = Math.max(0, paused ? leftMs : leftMs - (now - since));
  const seconds = Math.ceil(left / 1000);
  const short = seconds <= 10 && !paused;
  return (
    <span role="timer" className={short ? 'timer short' : 'timer'}>
      {paused ? 'paused, ' : ''}
      {clockFace(seconds)} left{short ? '!' : ''}
    </span>
  );
}

function clockFace(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}

function useNow(paused: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (paused) return;
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [paused]);
  return now;
}
