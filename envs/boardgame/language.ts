import { type Event, seatName } from '../../src/core/environment.js';
import { type Json, preview } from '../../src/core/json.js';
import type { Hooks } from './declared.js';
import type { Ctx } from './kernel.js';
import { lines, wordsOf } from './words.js';

/** What a viewer sees: `G` as boardgame.io would send it, its context, and which player it is. */
export type View = {
  readonly G: Json;
  readonly ctx: Ctx | null;
  readonly plugins?: Json;
  readonly you: string | null;
};

export function say(event: Event): string {
  switch (event.kind) {
    case 'moved':
      return moved(event);
    case 'refused':
      return `${seatName(event.seat as number)} cannot ${event.move as string}: the game does not take it, and nothing is done.`;
    case 'phase':
      return event.phase === null ? 'The phase is over.' : `The phase "${event.phase as string}" begins.`;
    case 'over':
      return `The game is over: ${event.outcome as string}.`;
    default:
      return '';
  }
}

function moved({ seat, name, args, note }: Event): string {
  const words = wordsOf({ name: name as string, args: (args ?? []) as readonly Json[] });
  const hidden = args === null ? ', hidden from others' : '';
  return `${seatName(seat as number)}: ${words}${hidden}.${note === undefined ? '' : ` (${preview(note, 200)})`}`;
}

/** The view in words: by the game's own hook, or line by line. */
export function show(view: View, render: Hooks['render']): string {
  const { G, ctx, you } = view;
  if (ctx === null) return 'The game has not begun.';
  const rendered = render?.(G, ctx, you);
  if (rendered !== undefined) return String(rendered);
  const shown = lines(view.plugins === undefined ? G : { G, plugins: view.plugins });
  return [...shown, ...table(ctx), ...(you === null ? [] : [`You are ${seatName(Number(you))}.`])].join('\n');
}

function table({ turn, phase, currentPlayer, activePlayers }: Ctx): string[] {
  const stages = Object.entries(activePlayers ?? { [currentPlayer]: null });
  const who = stages.map(([id, stage]) => seatName(Number(id)) + (stage === null ? '' : ` (${String(stage)})`));
  return [`Turn ${turn}${phase === null ? '' : `, phase ${phase}`}; to move: ${who.join(', ') || 'nobody'}.`];
}
