// Fields of records, looked up by name.

import { didYouMean } from "../../diagnostics/suggest.ts";
import type { Name } from "../ast.ts";
import type { RecordType } from "../types.ts";
import { type Checker, fail } from "./context.ts";
import { describeType } from "./relations.ts";

/** The field of a record type; null if there is none, which is reported with the nearest name. */
export function fieldOf(
  checker: Checker,
  type: RecordType,
  { text, span }: Name,
): RecordType["fields"][number] | null {
  const field = type.fields.find((candidate) => candidate.name === text);
  if (field !== undefined) return field;
  const names = type.fields.map((candidate) => candidate.name);
  const params = { type: describeType(type), field: text };
  return fail(checker, "unknown-field", span, params, { hint: didYouMean(text, names) });
}
