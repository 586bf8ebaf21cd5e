import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/core/environment.js';
import { badgesOf, type Looks, told } from './story-model.js';

const looks: Looks = { phase: 'heading', said: 'speech', role: { badge: 'role' } };
const events: Event[] = [
  { to: [1], kind: 'role', seat: 1, role: 'seer' },
  { to: 'all', kind: 'phase', phase: 'day' },
  { to: 'all', kind: 'said', seat: 0, text: 'hello' },
  { to: 'all', kind: 'silent' },
  { to: 'all', kind: 'toString' },
  { to: [1], kind: 'role', seat: 1, role: 'witch' },
];
const said = ['You are a seer.', 'Day 1.', 'player_0 said: hello', '', 'A line.', 'You are a witch.'];

describe('what happened', () => {
  it('is set by the look of its kind; silent events are left out', () =>
    expect(told({ events, said }, looks)).toEqual([
      { is: 'line', text: 'You are a seer.' },
      { is: 'heading', text: 'Day 1.' },
      { is: 'speech', seat: 0, text: 'hello' },
      { is: 'line', text: 'A line.' },
      { is: 'line', text: 'You are a witch.' },
    ]));

  it('is plain lines where a speech lacks its speaker or its text', () =>
    expect(told({ events: [{ to: 'all', kind: 'said', seat: 0 }], said: ['Somebody spoke.'] }, looks)).toEqual([
      { is: 'line', text: 'Somebody spoke.' },
    ]));

  it('sets what a tool call brought beside the call, and as a plain line where it has no name', () => {
    const brought = { to: 'all', kind: 'answered', id: 'c1', text: 'AGCT' } as const;
    const set = { answered: 'result' } as const;
    const args = { seq: 'pUC19' };
    expect(told({ events: [{ ...brought, name: 'view_sequence', args }], said: ['In words.'] }, set)).toEqual([
      { is: 'result', tool: 'view_sequence', args, text: 'AGCT' },
    ]);
    expect(told({ events: [brought], said: ['In words.'] }, set)).toEqual([{ is: 'line', text: 'In words.' }]);
  });

  it('leaves badges beside names, the latest of each seat', () =>
    expect([...badgesOf(events, looks)]).toEqual([[1, 'witch']]));
});
