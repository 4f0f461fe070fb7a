// What tells the alternatives of a rule apart is worked out when the rule is first come to: most texts use few of the rules.

import { type ILookaheadStrategy, LLkLookaheadStrategy } from "chevrotain";

type Alternation = ILookaheadStrategy["buildLookaheadForAlternation"];
type Optional = ILookaheadStrategy["buildLookaheadForOptional"];

type Parser = ThisParameterType<ReturnType<Alternation>>;

export class LazyLookahead extends LLkLookaheadStrategy {
  override buildLookaheadForAlternation(
    options: Parameters<Alternation>[0],
  ): ReturnType<Alternation> {
    let built: ReturnType<Alternation> | null = null;
    const build = (): ReturnType<Alternation> => super.buildLookaheadForAlternation(options);
    return function (this: Parser, alternatives): number | undefined {
      built ??= build();
      return built.call(this, alternatives);
    };
  }

  override buildLookaheadForOptional(options: Parameters<Optional>[0]): ReturnType<Optional> {
    let built: ReturnType<Optional> | null = null;
    const build = (): ReturnType<Optional> => super.buildLookaheadForOptional(options);
    return function (this: Parser): boolean {
      built ??= build();
      return built.call(this);
    };
  }
}
