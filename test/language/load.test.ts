// Assembling a spec from files: bases and used files, paths, cycles, and errors in several files.

import { expect, test } from "vitest";
import { formatPlace } from "../../src/diagnostics/source.ts";
import { load } from "../../src/language/load.ts";
import { parse } from "../../src/language/parse.ts";

/** Loads the first file: the names of the declarations that come out, else what was said. */
function check(
  what: string,
  files: Readonly<Record<string, string>>,
  expected: { names?: string; said?: readonly string[]; read?: readonly string[] },
): void {
  test(what, () => {
    const [first = ""] = Object.keys(files);
    const result = load(first, (path) => files[path] ?? null, parse);
    const names = result.value?.declarations.map((declaration) =>
      "name" in declaration ? declaration.name.text : declaration.kind,
    );
    expect(names?.join(" ")).toEqual(expected.names);
    const said = result.diagnostics.map(({ code, span, message }) =>
      `${span === null ? "" : formatPlace(span)} ${code}: ${message}`.trim(),
    );
    expect(said).toEqual(expected.said ?? []);
    if (expected.read !== undefined) {
      expect(result.sources.map((source) => source.path)).toEqual(expected.read);
    }
  });
}

const flag = (name: string): string => `var ${name}: bool = false`;

check("a spec alone", { "a.weft": `spec a\n${flag("v")}` }, { names: "v", read: ["a.weft"] });

check(
  "paths are relative to the file that holds them",
  {
    "fixes/fix.weft": 'patch fix of "../base/./a.weft"',
    "base/a.weft": `spec a\n${flag("v")}\nuse "lib/b.weft"`,
    "base/lib/b.weft": `spec b\n${flag("w")}`,
  },
  { names: "v w", read: ["fixes/fix.weft", "base/a.weft", "base/lib/b.weft"] },
);

check(
  "used declarations stand where the `use` stood, without expectations",
  {
    "a.weft": `spec a\n${flag("u")}\nuse "b.weft"\n${flag("w")}`,
    "b.weft": `spec b\n${flag("v")}\nexpect states 1`,
  },
  { names: "u v w" },
);

check(
  "a file that two files use is brought in once",
  {
    "a.weft": 'spec a\nuse "b.weft"\nuse "c.weft"',
    "b.weft": `spec b\nuse "d.weft"\n${flag("b")}`,
    "c.weft": `spec c\nuse "d.weft"\n${flag("c")}`,
    "d.weft": `spec d\n${flag("d")}`,
  },
  { names: "d b c", read: ["a.weft", "b.weft", "d.weft", "c.weft"] },
);

check(
  "a patch can change what its base uses, and use files itself",
  {
    "fix.weft": 'patch fix of "a.weft"\nremove v\nuse "more.weft"',
    "a.weft": 'spec a\nuse "b.weft"',
    "b.weft": `spec b\n${flag("v")}\n${flag("w")}`,
    "more.weft": `spec more\n${flag("x")}`,
  },
  { names: "w x" },
);

check(
  "standard input can be a patch of a file",
  { "-": 'patch fix of "a.weft"', "a.weft": `spec a\n${flag("v")}` },
  { names: "v" },
);

test("a missing file has no place", () => {
  const { value, sources, diagnostics } = load("no.weft", () => null, parse);
  expect([value, sources]).toEqual([null, []]);
  expect(diagnostics.map(({ code, span }) => [code, span])).toEqual([["file-missing", null]]);
});

check(
  "missing bases and used files are named at the reference",
  { "a/fix.weft": 'patch fix of "no.weft"' },
  {
    said: ["a/fix.weft:1:14 patch-base-missing: the base `a/no.weft` of this patch cannot be read"],
  },
);
check(
  "all missing used files are reported",
  { "a.weft": 'spec a\nuse "no.weft"\nuse "nor.weft"' },
  {
    said: [
      "a.weft:2:1 use-missing: the file `no.weft` cannot be read",
      "a.weft:3:1 use-missing: the file `nor.weft` cannot be read",
    ],
  },
);

check(
  "a patch of itself",
  { "./a.weft": 'patch a of "a.weft"' },
  {
    said: [
      "./a.weft:1:12 patch-cycle: this patch is, in the end, a patch of itself: a.weft -> a.weft",
    ],
  },
);
check(
  "a cycle of patches",
  { "a.weft": 'patch a of "b.weft"', "b.weft": 'patch b of "./c/../a.weft"' },
  {
    said: [
      "b.weft:1:12 patch-cycle: this patch is, in the end, a patch of itself: a.weft -> b.weft -> a.weft",
    ],
  },
);
check(
  "a cycle of uses",
  { "a.weft": 'spec a\nuse "b.weft"', "b.weft": 'spec b\nuse "a.weft"' },
  { said: ["b.weft:2:1 use-cycle: this file uses itself, in the end: a.weft -> b.weft -> a.weft"] },
);
check(
  "a patch cannot be used",
  { "a.weft": 'spec a\nuse "fix.weft"', "fix.weft": 'patch fix of "a.weft"' },
  { said: ["a.weft:2:1 use-of-patch: `fix.weft` is a patch, and only a spec can be used"] },
);

test("syntax errors of all used files are reported at once, and no edit is tried then", () => {
  const files: Readonly<Record<string, string>> = {
    "fix.weft": 'patch fix of "a.weft"\nedit f at start { skip }',
    "a.weft": 'spec a\nuse "b.weft"\nuse "c.weft"',
    "b.weft": "spec b\nvar = 1",
    "c.weft": "spec c\nvar v bool",
  };
  const { value, diagnostics } = load("fix.weft", (path) => files[path] ?? null, parse);
  expect(value).toBeNull();
  const places = diagnostics.map(({ span }) => span?.source.path);
  expect(places).toEqual(["b.weft", "c.weft"]);
});

test("a cycle names every reference on the way round", () => {
  const files: Readonly<Record<string, string>> = {
    "a.weft": 'patch a of "b.weft"',
    "b.weft": 'patch b of "c.weft"',
    "c.weft": 'patch c of "b.weft"',
  };
  const { diagnostics } = load("a.weft", (path) => files[path] ?? null, parse);
  const places = diagnostics.map(({ span, related }) =>
    [span, ...related.map((other) => other.span)].map((one) => one && formatPlace(one)),
  );
  expect(places).toEqual([["c.weft:1:12", "b.weft:1:12"]]);
});
