// The module that TLC is run on: it extends the translation and has every verdict found in one complete run.
//
// The translation's module has a predicate for each invariant and cover and for deadlock, and calls `Report(verdict, place)`
// inside the steps that go wrong. Registers of TLC remember what has been found: on its first occurrence it is printed,
// and the search goes on. For a counterexample a second run stops at one of them.

/** What is judged and under which name the translation offers it. */
export interface TlcCheck {
  /** Unique, and told back by TLC: `invariant no_lost_update`. */
  readonly key: string;
  readonly judged: /** Found in a reachable state where the predicate has this value. */
    | { readonly by: "state"; readonly predicate: string; readonly found: boolean }
    /** Found when the translation calls `Report` with this verdict. */
    | { readonly by: "report"; readonly report: string };
}

/** The names of the translation that everything is built from. */
export interface TlcSubject {
  readonly module: string;
  readonly text: string;
  /** Operators: the initial predicate, the next-state action, the tuple of all variables, and the one for reports. */
  readonly init: string;
  readonly next: string;
  readonly variables: string;
  readonly report: string;
  /** Lines of the configuration that give the constants their values. */
  readonly constants: readonly string[];
  /** An invariant that only a mistake of the translation violates. */
  readonly sanity: string;
}

export interface TlcModule {
  readonly name: string;
  readonly text: string;
  /** The configuration of the run that finds all. */
  readonly complete: string;
  /** The configuration of a run that stops at this one. */
  stopAt(check: TlcCheck): string;
}

/** The module beside a translation that judges `checks`. */
export function tlcModule(subject: TlcSubject, checks: readonly TlcCheck[]): TlcModule {
  const own = (name: string): string => {
    let unique = name;
    while (subject.text.includes(unique)) unique = `${unique}_`;
    return unique;
  };
  const [found, note, hush] = [own("WeftFound"), own("WeftNote"), own("WeftHush")];
  const [stop, record] = [own("WeftStop"), own("WeftRecord")];
  const [register, key] = [own("weftRegister"), own("weftKey")];
  const [verdict, place] = [own("weftVerdict"), own("weftPlace")];
  const name = own(`${subject.module}Check`);
  /** TRUE always, and tells of a check if it is the first time that it does not hold. */
  const once = (check: TlcCheck, holds: string): string => {
    const position = checks.indexOf(check) + 1;
    return `IF TLCGet(${position}) THEN TRUE ELSE IF ${holds} THEN TRUE ELSE ${found}(${position}, "${check.key}")`;
  };
  // TLC refuses an invariant that is a constant, or judges it without any state.
  const stateful = `${subject.variables} = ${subject.variables}`;
  const noted = checks.flatMap((check) =>
    check.judged.by === "report"
      ? [`${verdict} = "${check.judged.report}" -> ${once(check, "FALSE")}`]
      : [],
  );
  const lines = [
    `---- MODULE ${name} ----`,
    `\\* Judges ${subject.module}: what is found is printed once, and the search goes on.`,
    `EXTENDS ${subject.module}, TLC`,
    "",
    `ASSUME \\A ${register} \\in 1..${checks.length} : TLCSet(${register}, FALSE)`,
    "",
    `${found}(${register}, ${key}) == TLCSet(${register}, TRUE) /\\ PrintT(<<"${MARK}", ${key}>>)`,
    "",
    "\\* Stands in for Report, and notes each verdict once.",
    `${note}(${verdict}, ${place}) ==`,
    `  CASE ${[...noted, `${verdict} = "" -> TRUE`].join("\n    [] ")}`,
    "",
    "\\* The same for runs that stop at something else.",
    `${hush}(${verdict}, ${place}) == ${verdict} = ${verdict}`,
    ...checks.flatMap((check, index) => ["", ...definitions(check, index + 1)]),
    "====",
    "",
  ];
  function definitions(check: TlcCheck, position: number): readonly string[] {
    const { judged } = check;
    const title = `\\* ${check.key}`;
    switch (judged.by) {
      case "state": {
        const holds = judged.found ? `~${judged.predicate}` : judged.predicate;
        return [
          title,
          `${record}${position} == ${once(check, `${stateful} /\\ ${holds}`)}`,
          `${stop}${position} == ${stateful} /\\ ${holds}`,
        ];
      }
      case "report":
        return [
          title,
          `${stop}${position}(${verdict}, ${place}) ==`,
          `  Assert(${verdict} # "${judged.report}", <<"${MARK}", "${check.key}">>)`,
        ];
      default:
        return judged satisfies never;
    }
  }
  const configuration = (prefix: string, chosen: readonly TlcCheck[], report: string): string => {
    const named = (by: TlcCheck["judged"]["by"]): readonly string[] =>
      checks.flatMap((check, index) =>
        chosen.includes(check) && check.judged.by === by ? [`${prefix}${index + 1}`] : [],
      );
    return [
      `INIT ${subject.init}`,
      `NEXT ${subject.next}`,
      ...subject.constants,
      `CONSTANT ${subject.report} <- ${report}`,
      ...named("state").map((operator) => `INVARIANT ${operator}`),
      "",
    ].join("\n");
  };
  return {
    name,
    text: lines.join("\n"),
    complete: `${configuration(record, checks, note)}INVARIANT ${subject.sanity}\n`,
    stopAt(check) {
      const reports = check.judged.by === "report";
      return configuration(stop, [check], reports ? `${stop}${checks.indexOf(check) + 1}` : hush);
    },
  };
}

/** What marks a line of the module's own. */
const MARK = "weft";

/** The key of something found, if that is what TLC has printed. */
export function foundKey(line: string): string | null {
  return /^<<"weft", "(.*)">>$/.exec(line)?.[1] ?? null;
}
