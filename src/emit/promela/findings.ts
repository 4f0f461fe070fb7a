// What can be found wrong (or reached) in a translated machine, and how the translation says so: by assertions for
// people who run SPIN, by calls that count and go on for Weft, which wants all verdicts from one run.

import { faultVerdict } from "../../machine/fault-verdict.ts";
import type { FaultKind, Machine } from "../../machine/machine.ts";
import { type Lines, line } from "../text.ts";

export interface Finding {
  readonly kind:
    | "invariant"
    | "step"
    | "cover"
    /** A cover could not be evaluated. */
    | "cover-fault"
    | "assert"
    | "deadlock"
    | "range"
    | "lock_use";
  /** As Weft's verdicts are named. */
  readonly name: string;
  /** Position among the properties or assertions of the machine; 0 for what is built in. */
  readonly position: number;
}

/** `reading`: for people. `checking`: for Weft. */
export type Purpose = "reading" | "checking";

export interface Findings {
  readonly purpose: Purpose;
  readonly all: readonly Finding[];
  numberOf(kind: Finding["kind"], position?: number): number;
  /** Does this fault misuse a lock? */
  faultNumber(fault: FaultKind): number;
}

/** Everything that can be found in a machine, numbered. */
export function findingsOf(machine: Machine, purpose: Purpose): Findings {
  const all: Finding[] = machine.properties.flatMap(({ kind, name }, position): Finding[] =>
    kind === "cover"
      ? [
          { kind, name, position },
          { kind: "cover-fault", name, position },
        ]
      : [{ kind, name, position }],
  );
  machine.assertions.forEach(({ name }, position) => {
    all.push({ kind: "assert", name, position });
  });
  for (const kind of ["deadlock", "range", "lock_use"] as const) {
    all.push({ kind, name: kind, position: 0 });
  }
  const numberOf = (kind: Finding["kind"], position = 0): number =>
    all.findIndex((finding) => finding.kind === kind && finding.position === position);
  return {
    purpose,
    all,
    numberOf,
    faultNumber: (fault) => numberOf(faultVerdict(fault)),
  };
}

/** Statements inside a step: this was found. */
export function reportFound(to: Lines, { purpose }: Findings, finding: number): void {
  line(to, purpose === "checking" ? `c_code { weft_found(${finding}); };` : "assert(false);");
}

/** A statement inside a step: this was found unless the condition holds. */
export function reportUnless(
  to: Lines,
  { purpose }: Findings,
  finding: number,
  condition: string,
  negated: string,
): void {
  if (purpose === "reading") {
    line(to, `assert(${condition});`);
    return;
  }
  line(to, "if");
  line(to, `:: ${negated} -> c_code { weft_found(${finding}); }`);
  line(to, ":: else");
  line(to, "fi;");
}

/** C that Weft's own runs need: what was found, each once, and how many steps SPIN makes before Weft's first state. */
export function supportingCode(findings: readonly Finding[], stages: number): readonly string[] {
  return [
    "c_decl {",
    "  extern void (*uerror)(char *);",
    "  extern int readtrail;",
    `  static int weft_seen[${Math.max(findings.length, 1)}];`,
    "  static unsigned long weft_chosen, weft_started, weft_refused;",
    `  static int weft_refused_at[${stages + 1}];`,
    "  static void weft_tell(void) {",
    "    unsigned long at, places = 0;",
    `    for (at = 0; at <= ${stages}; at++) places += weft_refused_at[at];`,
    '    printf("weft: chosen %lu started %lu refused %lu at %lu\\n",',
    "      weft_chosen, weft_started, weft_refused, places);",
    "  }",
    "  static void weft_begin(void) {",
    "    static int begun = 0;",
    "    if (begun == 0) { begun = 1; atexit(weft_tell); }",
    "  }",
    "  static void weft_chose(void) { weft_begin(); weft_chosen++; }",
    "  static void weft_start(void) { weft_begin(); weft_started++; }",
    "  static void weft_refuse(int stage) {",
    "    weft_begin(); weft_refused++; weft_refused_at[stage] = 1;",
    "  }",
    "  static int weft_found(int finding) {",
    "    static char text[40];",
    "    if (readtrail == 0 && weft_seen[finding] == 0) {",
    "      weft_seen[finding] = 1;",
    '      sprintf(text, "weft found %d", finding);',
    "      uerror(text);",
    "    }",
    "    return 0;",
    "  }",
    "}",
  ];
}
