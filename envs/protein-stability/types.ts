/** A short account of work on the protein, as the literature tool finds it. */
export type Paper = { readonly title: string; readonly text: string };

/** A weakness put into a generated protein: which residue stands where the sound ancestor had another. */
export type Flaw = { readonly position: number; readonly kind: string; readonly sound: string };

/**
 * A protein to make more stable. Either `backbone` names one of the generated backbones and `sequence` says what stands
 * on it, or `structure` is the text of a PDB or mmCIF file and `backbone` is null.
 */
export type ProteinTask = {
  readonly id: string;
  readonly split: string;
  readonly name: string;
  readonly backbone: number | null;
  readonly sequence: string;
  readonly structure: string;
  /** Sequences of relatives, aligned to the protein: each as long as it, `-` where a relative has no residue. */
  readonly family: readonly string[];
  readonly papers: readonly Paper[];
  /** Weaknesses that were put in; empty for proteins from elsewhere. */
  readonly planted: readonly Flaw[];
};
