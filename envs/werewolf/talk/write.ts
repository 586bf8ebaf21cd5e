import type { Rng } from '../../../src/core/rng.js';
import type { Act } from './acts.js';
import {
  CLAIM_CLOSERS,
  CLAIMS,
  COUNTERS,
  FOLLOWERS,
  FRESH_CHECKS,
  LINKS,
  OLD_CHECKS,
  OPENERS,
  SAYINGS,
  VIEW_CLOSERS,
  WHYS,
} from './phrases.js';
import { fill, type Template } from './template.js';

/** No speech of ours is longer, whatever the table allows. */
const LONGEST = 299;
const SENTENCES = 3;
const OPENING = 0.35;
const CLOSING = 0.22;
const JOINING = 0.45;

/**
 * Acts in words: up to three sentences that `hear` reads back as the same acts.
 * @param acts the most important first; those that do not fit are left out, all of them if none fits
 * @param most the longest text allowed, in characters
 */
export function write(acts: readonly Act[], rng: Rng, most: number): string {
  const room = Math.min(most, LONGEST);
  let text = '';
  let sentences = 0;
  for (let i = 0; i < acts.length; i++) {
    const next = acts[i] as Act;
    const core = clause(next, rng);
    const mayJoin = i > 0 && joins(acts[i - 1] as Act, next) && text.endsWith('.');
    const joined = mayJoin && (acts.length > SENTENCES || rng.float() < JOINING);
    if (!joined && sentences === SENTENCES) break;
    let longer = joined ? `${text.slice(0, -1)}; ${core}.` : follow(text, sentence(next, core, text === '', rng));
    if (longer.length > room && !joined) longer = follow(text, ended(capital(core)));
    if (longer.length > room) continue;
    text = longer;
    if (!joined) sentences++;
  }
  return text;
}

function follow(text: string, sentence: string): string {
  return text === '' ? sentence : `${text} ${sentence}`;
}

function ended(core: string): string {
  return core.endsWith('?') ? core : `${core}.`;
}

/** NOTE: only claims and checks run on within a sentence, since a reason belongs to the act before it. */
function joins(before: Act, next: Act): boolean {
  return (before.kind === 'claim' || before.kind === 'check') && (next.kind === 'check' || next.kind === 'save');
}

function sentence(act: Act, core: string, first: boolean, rng: Rng): string {
  const opened = rng.float() < OPENING ? `${rng.pick(first ? OPENERS : FOLLOWERS)}, ${core}` : capital(core);
  if (core.endsWith('?')) return opened;
  const closed = act.why === null && rng.float() < CLOSING ? opened + rng.pick(closers(act)) : opened;
  return closed + (act.kind === 'call' && rng.float() < 0.4 ? '!' : '.');
}

function closers({ kind }: Act): readonly string[] {
  return kind === 'claim' || kind === 'check' || kind === 'save' || kind === 'counter' ? CLAIM_CLOSERS : VIEW_CLOSERS;
}

/** The act itself and its reason. */
function clause(act: Act, rng: Rng): string {
  const core = fill(rng.pick(choices(act)), act.who, act.whom);
  if (act.why === null) return core;
  return core + rng.pick(LINKS) + fill(rng.pick(WHYS[act.why]), act.who, act.whom);
}

function choices({ kind, role, finding, fresh }: Act): readonly Template[] {
  if (kind === 'claim') return CLAIMS[role ?? 'villager'];
  if (kind === 'counter') return COUNTERS[role ?? 'seer'];
  if (kind === 'check') return (fresh ? FRESH_CHECKS : OLD_CHECKS)[finding ?? 'village'];
  return SAYINGS[kind];
}

/** NOTE: names keep their small letter, since that is how players are known. */
function capital(text: string): string {
  if (text.startsWith('player_')) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
