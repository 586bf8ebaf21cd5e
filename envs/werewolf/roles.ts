/** NOTE: by themselves, so that a page can know them without the reader of configurations. */
export const ROLES = ['werewolf', 'seer', 'doctor', 'villager', 'hunter', 'witch', 'bodyguard'] as const;
export type Role = (typeof ROLES)[number];
