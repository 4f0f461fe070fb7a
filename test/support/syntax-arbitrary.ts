// Random Weft texts, all of them legal: every production, any layout, comments and texts where they may stand.
// They need not mean anything: names are unresolved and types do not fit.

import fc from "fast-check";

/** Words that are names here, though some mean something elsewhere. */
const names = ["a", "b", "pmd", "x_1", "read", "spec", "holds", "at", "when", "result", "states"];

/** The deepest choice within choices. */
const deepest = 24;

/** Chooses by the numbers that fast-check draws, so that failures shrink to shorter texts. */
class Writer {
  private readonly draws: readonly number[];
  private next = 0;
  private depth = 0;

  constructor(draws: readonly number[]) {
    this.draws = draws;
  }

  below(limit: number): number {
    const draw = this.draws[this.next] ?? 0;
    this.next += 1;
    return draw % limit;
  }

  /** One of the choices; the deeper, the more often the first, which must be the simplest. */
  pick(...choices: readonly (() => string)[]): string {
    return this.choose(1, choices);
  }

  /** The same within expressions and types, which should not use up all draws. */
  part(...choices: readonly (() => string)[]): string {
    return this.choose(4, choices);
  }

  private choose(step: number, choices: readonly (() => string)[]): string {
    const simple = this.below(deepest) < this.depth;
    const choice = choices[simple ? 0 : this.below(choices.length)];
    this.depth += step;
    const text = choice === undefined ? "" : choice();
    this.depth -= step;
    return text;
  }

  list(least: number, most: number, item: () => string, separator = ", "): string {
    const length = least + this.below(most - least + 1);
    return Array.from({ length }, item).join(separator);
  }

  maybe(item: () => string): string {
    return this.pick(() => "", item);
  }

  readonly name = (): string => names[this.below(names.length)] ?? "a";

  // -------------------------------------------------------------- expressions

  /** A blank, or now and then a line break. */
  private gap(): string {
    return this.below(12) === 11 ? "\n      " : " ";
  }

  readonly expression = (): string =>
    this.part(
      () => this.operand(),
      () => `${this.operand()}${this.gap()}${this.operator()} ${this.operand()}`,
      () => `${this.operand()}${this.gap()}&& ${this.operand()}${this.gap()}&& ${this.operand()}`,
      () => `${this.operand()} => ${this.operand()} =>${this.gap()}${this.operand()}`,
      () => `${this.operand()} - ${this.operand()} * ${this.operand()}`,
      () => `${this.operand()} || ${this.operand()} @ ${this.name()}.${this.name()}`,
      () => `${this.operand()} < ${this.operand()}`,
    );

  private operator(): string {
    const operators =
      "<=> => || && == != < <= > >= in subset union intersect minus .. + - * / % ~>";
    const all = [...operators.split(" "), "not in"];
    return all[this.below(all.length)] ?? "+";
  }

  private operand(): string {
    return this.part(
      () => this.primary(),
      () => `-${this.primary()}`,
      () => `- -${this.primary()}`,
      () => `(!${this.primary()})`,
      () => `(!!${this.primary()} == ${this.primary()})`,
      () => `(<> ${this.primary()})`,
      () => `([] [] (${this.expression()}))`,
      () => `${this.suffixed()} with [${this.expression()}] = -${this.suffixed()} with a = 2`,
    );
  }

  private suffixed(): string {
    return this.primary() + this.maybe(() => this.suffix()) + this.maybe(() => this.suffix());
  }

  private suffix(): string {
    return this.part(
      () => "'",
      () => `.${this.name()}`,
      () => `[${this.expression()}]`,
    );
  }

  private primary(): string {
    return this.part(
      () => this.name(),
      () => String(this.below(2) === 0 ? this.below(10) : 2 ** 31 - 1),
      () => ["true", "false", "null", "{}", "[]"][this.below(5)] ?? "null",
      () => `${this.name()}(${this.list(0, 2, this.expression)})`,
      () => `(${this.expression()})`,
      () => `((${this.expression()}))`,
      () => `{${this.list(1, 3, this.expression)}}`,
      () => `[${this.list(1, 3, this.expression)}]`,
      () => `{ ${this.list(1, 2, () => `${this.name()}: ${this.expression()}`)} }`,
      () => `[${this.binding()}: ${this.expression()}]`,
      () => `{${this.expression()} for ${this.binding()}}`,
      () => `{${this.binding()} where ${this.expression()}}`,
      () => `(${this.form()})`,
      () => `(try acquire ${this.place()})`,
    );
  }

  private form(): string {
    return this.part(
      () =>
        `if ${this.expression()} then ${this.expression()}${this.gap()}else ${this.expression()}`,
      () => `let ${this.name()} = ${this.expression()}:${this.gap()}${this.expression()}`,
      () => `forall ${this.list(1, 2, () => this.binding())}:${this.gap()}${this.expression()}`,
      () => `exists ${this.binding()}: ${this.expression()}`,
      () => `count ${this.binding()}: ${this.form()}`,
      () => `sum ${this.binding()}: ${this.expression()}`,
    );
  }

  private binding(): string {
    return `${this.name()} in ${this.expression()}`;
  }

  private place(): string {
    const suffix = () =>
      this.part(
        () => `.${this.name()}`,
        () => `[${this.expression()}]`,
      );
    return this.name() + this.maybe(suffix) + this.maybe(suffix);
  }

  // -------------------------------------------------------------- types

  private bound(): string {
    return this.part(
      () => this.name(),
      () => String(this.below(9)),
      () => `-${this.name()} + (${this.name()} - 1) * 2`,
      () => `(${this.expression()})`,
    );
  }

  readonly type = (): string =>
    this.part(
      () => this.elementType(),
      () => `${this.bound()}..${this.bound()}`,
      () => this.sequenceType(),
    );

  private sequenceType(): string {
    return `seq of ${this.elementType()} upto ${this.bound()}`;
  }

  private elementType(): string {
    const suffix = () =>
      this.part(
        () => "?",
        () => `[${this.type()}]`,
      );
    return this.simpleType() + this.maybe(suffix) + this.maybe(suffix);
  }

  private simpleType(): string {
    return this.part(
      () => "bool",
      () => this.name(),
      () => `(${this.type()})`,
      () => `set of ${this.elementType()}`,
      () => `(${this.sequenceType()})`,
      () => `{ ${this.list(1, 2, () => `${this.name()}: ${this.type()}`)} }`,
    );
  }

  // -------------------------------------------------------------- statements

  private block(): string {
    const separator = () =>
      this.pick(
        () => "; ",
        () => "\n",
        () => this.behind(),
        () => "\n\n\n",
      );
    const length = this.below(5);
    let text = this.pick(
      () => "{ ",
      () => "{\n",
      () => "{  // opens\n",
      () => "{ /// begins\n",
    );
    for (let index = 0; index < length; index += 1) {
      const label = this.maybe(
        () =>
          `${this.name()}:${this.pick(
            () => " ",
            () => "\n",
          )}`,
      );
      text += label + this.statement() + separator();
    }
    return `${text}${this.maybe(() => `${this.name()}: `)}}`;
  }

  /** What can stand between two lines. */
  private behind(): string {
    return this.pick(
      () => "\n",
      () => "   // a comment\n",
      () => "/// a text\n",
      () => "  ///a text\n  ///   goes on\n",
      () => "\n//alone\n",
      () => "\n\n  //// alone\n\n",
    );
  }

  private statement(): string {
    return this.pick(
      () => "skip",
      () => `${this.place()} := ${this.expression()}`,
      () => `${this.place()} += ${this.expression()}`,
      () => `acquire ${this.place()}${this.maybe(() => " for read")}`,
      () => `release ${this.place()}`,
      () => `downgrade ${this.place()}`,
      () => `await ${this.expression()}`,
      () => `assert ${this.maybe(() => `${this.name()}: `)}${this.expression()}`,
      () => `var ${this.name()}: ${this.type()} = ${this.expression()}`,
      () => `cost ${this.name()} += ${this.expression()}`,
      () => `ghost ${this.place()} -= ${this.expression()}`,
      () => `${this.name()}(${this.list(0, 3, this.expression)})`,
      () => `try acquire ${this.place()}`,
      () => ["break", "continue", "return", `goto ${this.name()}`][this.below(4)] ?? "skip",
      () => `return ${this.expression()}`,
      () => `if ${this.expression()} ${this.block()}`,
      () => `if ${this.expression()} ${this.block()} else if ${this.expression()} ${this.block()}`,
      () => `if ${this.expression()} ${this.block()}${this.gap()}else ${this.block()}`,
      () => `while ${this.expression()} ${this.block()}`,
      () => `loop ${this.block()}`,
      () => `for ${this.maybe(() => "any ")}${this.binding()} ${this.block()}`,
      () => `either ${this.block()} or ${this.block()}`,
      () =>
        `pick ${this.binding()}${this.maybe(() => ` where ${this.expression()}`)} ${this.block()}`,
      () => `atomic ${this.block()}`,
    );
  }

  // -------------------------------------------------------------- declarations and files

  private parameters(): string {
    return `(${this.list(0, 2, () => `${this.maybe(() => "ref ")}${this.name()}: ${this.type()}`)})`;
  }

  private fn(): string {
    const contract = () => ` holds ${this.place()} when result`;
    const head = `fn ${this.name()}${this.parameters()}${this.maybe(() => `: ${this.type()}`)}`;
    return `${head}${this.maybe(contract)} ${this.block()}`;
  }

  private actor(): string {
    const index = () =>
      this.pick(
        () => `[i: ${this.type()}]`,
        () => `[i in ${this.expression()}]`,
      );
    return (
      this.maybe(() =>
        this.pick(
          () => "fair ",
          () => "strongly fair ",
        ),
      ) +
      this.pick(
        () =>
          `${this.maybe(() => "daemon ")}process ${this.name()}${this.maybe(index)} ${this.block()}`,
        () => `action ${this.name()}${this.maybe(() => this.parameters())} ${this.block()}`,
        () => `action ${this.name()} when ${this.expression()} ${this.block()}`,
      )
    );
  }

  private expectation(): string {
    const bindings = () =>
      ` with ${this.list(1, 2, () => `${this.name()} = ${this.expression()}`)}`;
    return `expect ${this.pick(
      () => `${this.name()} holds`,
      () => `${this.name()} unreachable`,
      () => `${this.name()}.${this.name()} reachable`,
      () => `states ${this.bound()}`,
      () => `depth ${this.bound()}`,
    )}${this.maybe(bindings)}`;
  }

  private declaration(): string {
    const keys = () => this.maybe(() => `[${this.maybe(() => "k: ")}${this.type()}]`);
    return this.pick(
      () => `cost ${this.name()}`,
      () => `param ${this.name()}: ${this.type()} = ${this.expression()}`,
      () => `const ${this.name()}: ${this.type()} = ${this.expression()}`,
      () => `assume ${this.expression()}`,
      () => `${this.maybe(() => "symmetric ")}type ${this.name()} = ${this.type()}`,
      () =>
        `enum ${this.name()} { ${this.list(
          1,
          3,
          this.name,
          this.pick(
            () => ", ",
            () => ",\n",
          ),
        )} }`,
      () =>
        `${this.maybe(() => "ghost ")}var ${this.name()}${keys()}${keys()}: ${this.type()} = ${this.expression()}`,
      () => `var ${this.name()}: ${this.type()} in ${this.expression()}`,
      () => `init where ${this.expression()}`,
      () => `mutex ${this.name()}${this.maybe(() => `[${this.type()}]`)}`,
      () => this.fn(),
      () => this.actor(),
      () => `def ${this.name()}${this.parameters()}: ${this.type()} = ${this.expression()}`,
      () => `invariant ${this.name()}:${this.gap()}${this.expression()}`,
      () => `cover ${this.name()}: ${this.form()}`,
      () => `terminal when ${this.expression()}`,
      () => `observe ${this.list(1, 3, this.name)}`,
      () => this.expectation(),
      () => 'use "other.weft"',
    );
  }

  private change(): string {
    const anchor = () =>
      this.pick(
        () => "at start",
        () => `before ${this.name()}`,
        () => `after ${this.name()}`,
        () => `replace ${this.name()}${this.maybe(() => `..${this.name()}`)}`,
      );
    return this.pick(
      () => this.declaration(),
      () => `set ${this.name()} = ${this.expression()}`,
      () => `remove ${this.name()}`,
      () =>
        `replace ${this.pick(
          () => this.fn(),
          () => this.actor(),
        )}`,
      () => `edit ${this.name()} ${anchor()} ${this.block()}`,
    );
  }

  file(): string {
    const isPatch = this.below(3) === 2;
    const above = () =>
      this.pick(
        () => "",
        () => "/// documents\n",
        () => "/// a\n/// b\n// c\n",
      );
    const head = isPatch ? `patch ${this.name()} of "base.weft"` : `spec ${this.name()}`;
    const items = this.list(
      1,
      6,
      () => {
        const item = isPatch ? this.change() : this.declaration();
        return `${above()}${item}${this.pick(
          () => "\n",
          () => "\n\n",
          () => " /// t\n",
          () => " // c\n\n",
        )}`;
      },
      "",
    );
    return `${above()}${head}\n${items}`;
  }
}

/** The text of a whole file. */
export const fileText: fc.Arbitrary<string> = fc
  .array(fc.nat({ max: 1 << 16 }), { minLength: 8, maxLength: 1200, size: "max" })
  .map((draws) => new Writer(draws).file());
