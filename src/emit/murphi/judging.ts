// What a Murphi text does about what may go wrong: it stops (as people read it), counts (one complete search tells all
// verdicts), or stops for one thing only (whose counterexample is then shortest).

import { positionAt, type Span } from "../../diagnostics/source.ts";
import { faultVerdict } from "../../machine/fault-verdict.ts";
import type { FaultKind } from "../../machine/machine.ts";
import { fileName, type Lines, line } from "../text.ts";
import { block } from "./store.ts";

/** What is judged, as Weft's verdicts are called. */
export interface Subject {
  readonly kind: "invariant" | "step" | "cover" | "assert" | "deadlock" | "range" | "lock_use";
  readonly name: string;
}

export type Judging =
  | { readonly kind: "check" }
  | { readonly kind: "count" }
  | { readonly kind: "stop"; readonly subject: Subject }
  /** Nothing is judged: a function only tries whether a command can be taken, which it can if it faults. */
  | { readonly kind: "trial" };

export function subjectOfFault(fault: FaultKind): Subject {
  const kind = faultVerdict(fault);
  return { kind, name: kind };
}

/** Something counted: `discards` if the step that it is found in is taken back, which no other count of steps knows. */
export interface Counted {
  readonly subject: Subject;
  readonly message: string;
  readonly discards: boolean;
  /** What is counted is where the subject cannot be judged. */
  readonly faulty: boolean;
}

/** Collects what is counted in the order of the text. */
export type Counting = Map<string, Counted>;

/** How a subject is named in messages: `assert bug_unmap`, `deadlock`. */
export function messageOf({ kind, name }: Subject): string {
  return kind === name ? kind : `${kind} ${name}`;
}

function counted(
  counting: Counting,
  subject: Subject,
  detail: string,
  discards: boolean,
  faulty = false,
): string {
  const message = `${messageOf(subject)}${detail}`;
  counting.set(message, { subject, message, discards, faulty });
  return message;
}

const quoted = (text: string): string => JSON.stringify(text);

function isSubject(judging: Judging, subject: Subject): boolean {
  if (judging.kind !== "stop") return false;
  return judging.subject.kind === subject.kind && judging.subject.name === subject.name;
}

/** Is this judged at all? */
export function isJudged(judging: Judging, subject: Subject): boolean {
  return judging.kind === "check" || judging.kind === "count" || isSubject(judging, subject);
}

/** Statements for a fault: the step that faults changes nothing. `when` is null if it always faults. */
export function faultStatements(
  to: Lines,
  judging: Judging,
  counting: Counting,
  fault: {
    readonly kind: FaultKind;
    readonly span: Span;
    readonly when: string | null;
    readonly beginning: boolean;
  },
): void {
  const { kind, span, when, beginning } = fault;
  const subject = subjectOfFault(kind);
  const statements = (): void => {
    if (judging.kind === "trial") line(to, "return true;");
    else if (judging.kind === "check") {
      const place = `${fileName(span.source.path)}:${positionAt(span.source, span.start).line}`;
      line(to, `error ${quoted(`${kind}, ${place}`)};`);
    } else if (judging.kind === "count") {
      const message = counted(counting, subject, beginning ? " at the beginning" : "", !beginning);
      line(to, `cover ${quoted(message)} true;`);
      line(to, "assume false;");
    } else if (isSubject(judging, subject)) line(to, `error ${quoted(kind)};`);
    else line(to, "assume false;");
  };
  if (when === null) {
    statements();
    return;
  }
  line(to, `if ${when} then`);
  block(to, statements);
  line(to, "end;");
}

/** A statement for something that is noted and lets the step go on, such as an assertion. `good` is what should hold. */
export function noteStatement(
  to: Lines,
  judging: Judging,
  counting: Counting,
  subject: Subject,
  texts: { readonly good: string; readonly bad: string },
  detail = "",
): void {
  if (judging.kind === "count") {
    const message = counted(counting, subject, detail, false);
    line(to, `cover ${quoted(message)} ${texts.bad};`);
  } else if (judging.kind === "check" || isSubject(judging, subject)) {
    line(to, `assert ${quoted(subject.name + detail)} ${texts.good};`);
  }
}

/** Counts where something cannot be judged. */
export function faultyHead(counting: Counting, subject: Subject): string {
  return `cover ${quoted(counted(counting, subject, " cannot be judged", false, true))}`;
}

/** A property of states at the top of the text, null if it is not judged. */
export function statePropertyHead(
  judging: Judging,
  counting: Counting,
  subject: Subject,
): { readonly head: string; readonly negated: boolean } | null {
  if (judging.kind === "count") {
    const head = `cover ${quoted(counted(counting, subject, "", false))}`;
    return { head, negated: subject.kind !== "cover" };
  }
  if (judging.kind === "check") {
    const keyword = subject.kind === "cover" ? "cover" : "invariant";
    return { head: `${keyword} ${quoted(subject.name)}`, negated: false };
  }
  if (!isSubject(judging, subject)) return null;
  return { head: `invariant ${quoted(subject.name)}`, negated: subject.kind === "cover" };
}
