/** A seat that somebody took, and what proves that it is theirs. */
export interface Seated {
  readonly playerID: string;
  readonly credentials: string;
}
