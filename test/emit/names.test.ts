// Identifiers for other notations: legal, unique, and told when changed.

import fc from "fast-check";
import { expect, test } from "vitest";
import { naming } from "../../src/emit/names.ts";

test("names stay as they are unless they clash", () => {
  const names = naming(["type", "of"]);
  expect(names.declare("pmd")).toBe("pmd");
  expect(names.declare("type")).toBe("type_");
  expect(names.declare("type_")).toBe("type__");
  expect(names.declare("zapper[1]")).toBe("zapper_1");
  expect(names.declare("zap.cleared")).toBe("zap_cleared");
  expect(names.fresh("pmd")).toBe("pmd_");
  expect(names.renamed).toEqual([
    { from: "type", to: "type_" },
    { from: "type_", to: "type__" },
  ]);
});

test("a notation without capitals knows no difference in them", () => {
  const names = naming(["end"], true);
  expect(names.declare("End")).toBe("End_");
  expect(names.declare("Mm")).toBe("Mm");
  expect(names.declare("mm")).toBe("mm_");
});

test("identifiers are legal and unique, whatever the names", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.boolean(), (wanted, ignoreCase) => {
      const names = naming(["a", "_"], ignoreCase);
      const got = wanted.map((name) => names.declare(name));
      const keys = got.map((name) => (ignoreCase ? name.toLowerCase() : name));
      expect(new Set(["a", "_", ...keys]).size).toBe(got.length + 2);
      for (const name of got) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
    }),
  );
});
