// Identifiers for other notations: legal there, unique, and as near to the spec's own names as can be.
// A word that the notation keeps for itself gets an underscore behind it, in every notation alike; what had to be
// changed is kept, so that whoever reads the translation can be told.

export interface Naming {
  /**
   * An identifier that nothing else has, made from a name of the spec. Characters that identifiers cannot have become
   * underscores, which is no renaming to be told of; a clash is.
   */
  declare(name: string): string;
  /** An identifier that nothing else has, for something that the translation adds; never told. */
  fresh(name: string): string;
  /** The names that clashed, in the order of their declaration. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/**
 * A naming; `reserved` are the notation's own words, `ignoreCase` if it does not tell `x` from `X`. A name may not begin
 * with one of `heads`: an underscore is put before it.
 */
export function naming(
  reserved: Iterable<string>,
  ignoreCase = false,
  heads: readonly string[] = [],
): Naming {
  const key = (name: string): string => (ignoreCase ? name.toLowerCase() : name);
  const taken = new Set([...reserved].map(key));
  const renamed: { from: string; to: string }[] = [];
  const fresh = (name: string): string => {
    const plain = clearOfHeads(identifier(name), heads);
    let found = plain;
    for (let copy = 1; taken.has(key(found)); copy += 1) {
      found = copy === 1 ? `${plain}_` : `${plain}_${copy}`;
    }
    taken.add(key(found));
    return found;
  };
  return {
    declare(name) {
      const to = fresh(name);
      if (to !== identifier(name)) renamed.push({ from: name, to });
      return to;
    },
    fresh,
    renamed,
  };
}

/** The name, with an underscore before it if it begins as no name may. */
export function clearOfHeads(name: string, heads: readonly string[]): string {
  return heads.some((head) => name.startsWith(head)) ? `_${name}` : name;
}

/** Letters, digits and underscores, not beginning with a digit: `zap.2` becomes `zap_2`, `zapper[1]` `zapper_1`. */
function identifier(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_]+$/, "").replace(/[^A-Za-z0-9_]+/g, "_");
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}
