// Parameter vectors: every combination of the values that `--vary` gives.

/** A value for each param that varies, as written; empty if nothing does. */
export type Vector = readonly (readonly [string, string])[];

/** All combinations, the last param varying fastest. */
export function vectorsOf(vary: ReadonlyMap<string, readonly string[]>): readonly Vector[] {
  return [...vary].reduce<readonly Vector[]>(
    (vectors, [name, values]) =>
      vectors.flatMap((vector) => values.map((value) => [...vector, [name, value] as const])),
    [[]],
  );
}

/** `MMS = 2, DEBUG_VM = false` */
export function vectorWords(vector: Vector): string {
  return vector.map(([name, value]) => `${name} = ${value}`).join(", ");
}
