import { useEffect, useRef, useState } from 'react';
import { keyed } from './position.js';

export interface Player {
  readonly playing: boolean;
  readonly speed: number;
  readonly setPlaying: (playing: boolean) => void;
  readonly setSpeed: (frames: number) => void;
}

/** Goes through frames by itself, and by keys: arrows step, Home and End jump, Space plays and pauses. */
export function usePlayer(at: number, last: number, go: (frame: number) => void): Player {
  const [isOn, setOn] = useState(false);
  const [speed, setSpeed] = useState(1);
  const playing = isOn && at < last;
  const setPlaying = (on: boolean) => {
    if (on && at === last) go(0);
    setOn(on);
  };
  const now = useRef({ at, last, go, playing, setPlaying });
  useEffect(() => {
    now.current = { at, last, go, playing, setPlaying };
  });
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => now.current.go(at + 1), 1000 / speed);
    return () => clearTimeout(timer);
  }, [playing, at, speed]);
  useEffect(() => {
    if (isOn && at === last) setOn(false);
  }, [isOn, at, last]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => pressed(event, now.current);
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  return { playing, speed, setPlaying, setSpeed };
}

type Now = Omit<Player, 'speed' | 'setSpeed'> & {
  readonly at: number;
  readonly last: number;
  readonly go: (frame: number) => void;
};

function pressed(event: KeyboardEvent, { at, last, go, playing, setPlaying }: Now): void {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTaken(event)) return;
  if (event.key === ' ') setPlaying(!playing);
  else {
    const to = keyed(event.key, at, last);
    if (to === null) return;
    go(to);
  }
  event.preventDefault();
}

/** NOTE: what has a use of its own for a key keeps it: fields for all, buttons and folds for Space, frames that scroll. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input, select, textarea, [contenteditable]') !== null) return true;
  if (key === ' ') return target.closest('button, summary, a') !== null;
  return target.closest('.frame, .story ol, .grid') !== null;
}
