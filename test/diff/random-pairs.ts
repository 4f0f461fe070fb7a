// Random pairs of small specs that are alike: a spec and a change of it, or two drawn from the same few statements.

import { type Random, seeded } from "../support/random.ts";
import { randomSpec } from "../support/random-spec.ts";

/** Files by path, and the one to compile. */
export interface Text {
  readonly path: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The pair of a seed; the second may not compile. */
export function randomPair(seed: number): readonly [Text, Text] {
  const random = seeded(seed);
  if (random.chance(0.4)) {
    const spec = randomSpec(seed);
    return [spec, changed(random, spec)];
  }
  const name = `s${seed}`;
  const processes = drawnProcesses(random);
  const other = random.chance(0.8)
    ? processes.map((body) =>
        changedBody(random, random.chance(0.5) ? changedBody(random, body) : body),
      )
    : drawnProcesses(random);
  return [drawnSpec(name, processes), drawnSpec(name, other)];
}

// ---------------------------------------------------------------- a change of a random spec

function changed(random: Random, { path, files }: Text): Text {
  const [target, text] = [...files].reduce((one, other) =>
    other[1].length > one[1].length ? other : one,
  );
  let lines: readonly string[] = text.split("\n");
  for (let count = random.int(2, 6); count > 0; count -= 1) lines = changedLines(random, lines);
  return { path, files: new Map([...files, [target, lines.join("\n")]]) };
}

/** One line inside a body changed. */
function changedLines(random: Random, lines: readonly string[]): readonly string[] {
  const at = random.some([...lines.keys()].filter((line) => /^ +\S/.test(lines[line] ?? "")));
  if (at === undefined) return lines;
  const line = lines[at] ?? "";
  const change = random.weighted<() => readonly string[]>([
    [3, () => (/[{}]/.test(line) ? [line] : [])],
    [
      3,
      () => [
        line.replace(
          /\b\d+\b/,
          (digits) => `${Math.max(0, Number(digits) + (random.chance(0.5) ? 1 : -1))}`,
        ),
      ],
    ],
    [2, () => [line.replace(/\b(if|await) (.*?)( \{)?$/, "$1 !($2)$3")]],
    [1, () => [line.replace("==", "!=")]],
    [1, () => [line.replace(/acquire .*|release .*/, "skip")]],
    [1, () => [" skip", line]],
    [1, () => [line, " skip"]],
    [1, () => [" return", line]],
    [1, () => [line, line]],
  ]);
  return lines.toSpliced(at, 1, ...change());
}

// ---------------------------------------------------------------- specs of a few statements

type Body = readonly string[];

function drawnProcesses(random: Random): readonly Body[] {
  return Array.from(
    {
      length: random.weighted([
        [1, 1],
        [3, 2],
      ]),
    },
    () => drawnBody(random, random.int(2, 6)),
  );
}

function drawnSpec(name: string, bodies: readonly Body[]): Text {
  const text = [
    `spec ${name}`,
    "var x: 0..2 = 0",
    "var y: 0..2 in {0, 1}",
    "var hidden: 0..2 = 0",
    "cost c",
    "spinlock l",
    ...bodies.map((body, index) => `process p${index} {\n${body.join("\n")}\n}`),
    "",
  ];
  return { path: "s.weft", files: new Map([["s.weft", text.join("\n")]]) };
}

function drawnBody(random: Random, length: number): Body {
  return Array.from({ length }, () => drawnStatement(random, 2));
}

function drawnStatement(random: Random, depth: number): string {
  const name = random.pick(["x", "x", "y", "y", "hidden"]);
  const block = (): string => {
    const statements = Array.from({ length: random.int(1, 2) }, () =>
      drawnStatement(random, depth - 1),
    );
    return `{ ${statements.join("; ")} }`;
  };
  const nested = depth > 0 ? 1 : 0;
  return random.weighted<() => string>([
    [4, () => `${name} := ${random.int(0, 2)}`],
    [0.5, () => `atomic { ${name} += 1 }`],
    [1, () => `atomic { if ${name} < 2 { ${name} += 1 } else { ${name} := 0 } }`],
    [1.5, () => `await ${name} == ${random.int(0, 2)}`],
    [1, () => "skip"],
    [0.5, () => "cost c += 1; skip"],
    [0.4, () => "return"],
    [0.2, () => "acquire l"],
    [0.2, () => "release l"],
    [nested, () => `if ${name} == ${random.int(0, 2)} ${block()}`],
    [1.5 * nested, () => `either ${block()} or ${block()}`],
    [0.5 * nested, () => `loop { skip; ${drawnStatement(random, 0)} }`],
    [0.5 * nested, () => `while ${name} != ${random.int(0, 2)} ${block()}`],
    [nested, () => `acquire l; ${drawnStatement(random, 0)}; release l`],
  ])();
}

/** A statement dropped, put in, done twice, or moved. */
function changedBody(random: Random, body: Body): Body {
  const at = random.int(0, body.length - 1);
  const statement = body[at] ?? "skip";
  return random.weighted<() => Body>([
    [2, () => body.toSpliced(at, 1)],
    [2, () => body.toSpliced(at, 0, drawnStatement(random, 1))],
    [1, () => body.toSpliced(at, 0, "skip")],
    [1, () => body.toSpliced(at, 0, `hidden := ${random.int(0, 2)}`)],
    [2, () => body.toSpliced(at, 1, `either { ${statement} } or { skip; ${statement} }`)],
    [1, () => body.toSpliced(at, 1, `either { ${statement} } or { return }`)],
    [1, () => body.toSpliced(at, 0, statement)],
    [1, () => random.shuffled(body)],
  ])();
}
