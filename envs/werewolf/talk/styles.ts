import type { Rng } from '../../../src/core/rng.js';
import type { Role } from '../config.js';

/** How a talker plays, whatever its role. All numbers but `noise` are probabilities. */
export type Style = {
  readonly says: string;
  /** Each further sentence of a speech. */
  readonly wordy: number;
  /** Saying nothing of substance; abstaining half as often. */
  readonly idle: number;
  /** A seer tells of a check that found a wolf, of one that found none. */
  readonly tellsWolf: number;
  readonly tellsVillage: number;
  /** A wolf is ready to pass for a seer, for a doctor; and then does so before anybody else has. */
  readonly fakesSeer: number;
  readonly fakesDoctor: number;
  readonly claimsFirst: number;
  /** A wolf turns on a mate who is as good as lost; stands up for a mate under fire. */
  readonly bus: number;
  readonly shields: number;
  /** A wolf admits what it is, speech by speech. */
  readonly slip: number;
  /** Aiming at the favourite target, whatever speaks for others. */
  readonly favours: number;
  /** Spread of the noise on scores that choose targets. */
  readonly noise: number;
};

const CUNNING: Style = {
  says: 'village shares what it knows and votes together; wolves hide, now and then pass for a seer or doctor, and drop a lost mate',
  wordy: 0.55,
  idle: 0.08,
  tellsWolf: 0.97,
  tellsVillage: 0.6,
  fakesSeer: 0.4,
  fakesDoctor: 0.3,
  claimsFirst: 0.12,
  bus: 0.5,
  shields: 0.12,
  slip: 0,
  favours: 0,
  noise: 0.5,
};

export const STYLES: { readonly [name: string]: Style } = {
  cunning: CUNNING,
  honest: {
    ...CUNNING,
    says: 'village tells everything at once; wolves keep their heads down and claim nothing',
    tellsWolf: 1,
    tellsVillage: 1,
    fakesSeer: 0,
    fakesDoctor: 0,
    shields: 0,
    noise: 0.3,
  },
  liar: {
    ...CUNNING,
    says: 'wolves claim to be seer or doctor with made-up checks and saves, and accuse loudly',
    wordy: 0.75,
    idle: 0,
    fakesSeer: 0.85,
    fakesDoctor: 0.9,
    claimsFirst: 0.7,
    bus: 0.3,
    shields: 0.3,
  },
  quiet: {
    ...CUNNING,
    says: 'says little, accuses seldom, sometimes abstains; a seer speaks of wolves only',
    wordy: 0.1,
    idle: 0.6,
    tellsWolf: 0.7,
    tellsVillage: 0.1,
    fakesSeer: 0.05,
    fakesDoctor: 0.1,
    claimsFirst: 0,
    shields: 0,
  },
  foolish: {
    ...CUNNING,
    says: 'a wolf that now and then admits it, a seer who never tells his checks; goes for the lowest number',
    idle: 0.2,
    tellsWolf: 0,
    tellsVillage: 0,
    fakesSeer: 0.1,
    fakesDoctor: 0.1,
    claimsFirst: 0.3,
    bus: 0.2,
    shields: 0.4,
    slip: 0.12,
    favours: 0.6,
    noise: 1.5,
  },
};

/** What a talker makes up its mind about before the game, so that it plays one plan to the end. */
export type Mood = {
  readonly style: Style;
  /** Whom a wolf passes for when it has to. */
  readonly cover: Role | null;
  readonly claimsFirst: boolean;
  readonly bus: boolean;
  readonly tellsVillage: boolean;
};

export function moodOf(style: Style, rng: Rng): Mood {
  const asSeer = rng.float() < style.fakesSeer;
  const asDoctor = rng.float() < style.fakesDoctor;
  return {
    style,
    cover: asSeer ? 'seer' : asDoctor ? 'doctor' : null,
    claimsFirst: rng.float() < style.claimsFirst,
    bus: rng.float() < style.bus,
    tellsVillage: rng.float() < style.tellsVillage,
  };
}
