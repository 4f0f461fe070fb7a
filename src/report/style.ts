// Colour as a parameter: reports call a `Paint`, the rim decides whether it does anything.

export type Role = "good" | "bad" | "warn" | "dim" | "strong";

export type Paint = (role: Role, text: string) => string;

/** Leaves a text as it is: for files, pipes and tests. */
export const plain: Paint = (_, text) => text;
