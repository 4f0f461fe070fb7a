// What is measured: specs and their params, from about 10^3 to 10^7 states.

/** One spec at one size. */
export interface Case {
  readonly path: string;
  readonly settings: Readonly<Record<string, number>>;
}

const twoPhaseCommit = "specs/classics/two-phase-commit.weft";
const postPatch = "specs/thp-unmap/post-patch.weft";

/** Explored with the generated machine in JavaScript and in WebAssembly; `runs` fresh processes of each. */
export const sizes: readonly (Case & { readonly runs: number; readonly quick: boolean })[] = [
  { path: twoPhaseCommit, settings: { RMS: 3 }, runs: 5, quick: true },
  { path: twoPhaseCommit, settings: { RMS: 4 }, runs: 5, quick: true },
  { path: twoPhaseCommit, settings: { RMS: 5 }, runs: 5, quick: true },
  { path: twoPhaseCommit, settings: { RMS: 6 }, runs: 5, quick: true },
  { path: twoPhaseCommit, settings: { RMS: 7 }, runs: 5, quick: false },
  { path: twoPhaseCommit, settings: { RMS: 8 }, runs: 3, quick: false },
  { path: twoPhaseCommit, settings: { RMS: 9 }, runs: 3, quick: false },
  { path: postPatch, settings: { MMS: 2, ZAPPERS: 1 }, runs: 5, quick: true },
  { path: postPatch, settings: { MMS: 2, ZAPPERS: 2 }, runs: 5, quick: true },
  { path: postPatch, settings: { MMS: 3, ZAPPERS: 2 }, runs: 5, quick: false },
  { path: postPatch, settings: { MMS: 4, ZAPPERS: 2 }, runs: 3, quick: false },
  { path: postPatch, settings: { MMS: 4, ZAPPERS: 3 }, runs: 3, quick: false },
];

/** Explored by both machines in turn, at sizes at which the interpreter can be borne. */
export const compared: readonly (Case & { readonly quick: boolean })[] = [
  { path: twoPhaseCommit, settings: { RMS: 3 }, quick: true },
  { path: twoPhaseCommit, settings: { RMS: 5 }, quick: true },
  { path: twoPhaseCommit, settings: { RMS: 6 }, quick: false },
  { path: postPatch, settings: { MMS: 2, ZAPPERS: 1 }, quick: true },
  { path: postPatch, settings: { MMS: 2, ZAPPERS: 2 }, quick: false },
];

/** The kernel specs that are checked from the shell; all classics come after them. */
export const headline: readonly string[] = ["specs/thp-unmap/pre-patch.weft", postPatch];

/** `two-phase-commit RMS=5`. */
export function caseName({ path, settings }: Case): string {
  const given = Object.entries(settings).map(([name, value]) => ` ${name}=${value}`);
  return path.replace(/^.*\//, "").replace(/\.weft$/, "") + given.join("");
}
