import { type Ink, inkFor, widthOf } from '../../agents/terminal/ink.js';

/** Where lines go, and how they may look. */
export interface Paper {
  readonly ink: Ink;
  readonly width: number;
  write(lines: readonly string[]): void;
}

/** Standard output as paper; a silent one swallows what is written. Blank lines never stand in pairs. */
export function paperOf(silent = false): Paper {
  let blank = false;
  return {
    ink: inkFor(process.stdout),
    width: widthOf(process.stdout),
    write(lines) {
      if (silent) return;
      for (const line of lines) {
        if (line !== '' || !blank) process.stdout.write(`${line}\n`);
        blank = line === '';
      }
    },
  };
}

/** A title with a rule to the edge of the page. */
export function ruleLine({ ink, width }: Pick<Paper, 'ink' | 'width'>, title: string): string {
  const rule = '─'.repeat(Math.max(3, width - title.length - 4));
  return `${ink('dim', '──')} ${ink('bold', title)} ${ink('dim', rule)}`;
}
