import type { Consent } from './schema.js';

/** Whether there are people in an episode and none of them allows training on it. */
export function isWithheld(consent: Consent | undefined): boolean {
  if (typeof consent === 'boolean') return !consent;
  return consent?.includes(false) === true && !consent.includes(true);
}

/** Whether whoever sits in a seat is a person who does not allow training on what they played. */
export function refuses(consent: Consent | undefined, seat: number): boolean {
  return typeof consent === 'boolean' ? !consent : consent?.[seat] === false;
}
