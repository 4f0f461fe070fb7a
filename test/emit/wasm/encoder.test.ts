// Bytes of WebAssembly: numbers by the vectors of the LEB128 text, modules by the engine that runs them.

import fc from "fast-check";
import { expect, test } from "vitest";
import * as wasm from "../../../src/emit/wasm/code.ts";
import { encodeModule } from "../../../src/emit/wasm/encoder.ts";
import { signedLeb, unsignedLeb } from "../../../src/emit/wasm/leb.ts";
import { instance } from "../../support/wasm.ts";

test.each([
  [0, [0x00]],
  [2, [0x02]],
  [127, [0x7f]],
  [128, [0x80, 0x01]],
  [129, [0x81, 0x01]],
  [12857, [0xb9, 0x64]],
  [624485, [0xe5, 0x8e, 0x26]],
  [4294967295, [0xff, 0xff, 0xff, 0xff, 0x0f]],
])("%d without a sign", (value, bytes) => {
  expect(unsignedLeb(value)).toEqual(bytes);
});

test.each([
  [0, [0x00]],
  [2, [0x02]],
  [-2, [0x7e]],
  [63, [0x3f]],
  [64, [0xc0, 0x00]],
  [127, [0xff, 0x00]],
  [-127, [0x81, 0x7f]],
  [128, [0x80, 0x01]],
  [-128, [0x80, 0x7f]],
  [129, [0x81, 0x01]],
  [-129, [0xff, 0x7e]],
  [-123456, [0xc0, 0xbb, 0x78]],
  [2147483647, [0xff, 0xff, 0xff, 0xff, 0x07]],
  [-2147483648, [0x80, 0x80, 0x80, 0x80, 0x78]],
])("%d with its sign", (value, bytes) => {
  expect(signedLeb(value)).toEqual(bytes);
});

test("an empty module is its header and a memory", () => {
  const bytes = encodeModule({ pages: 1, functions: [], globals: [], data: [] });
  // Header; a memory of 1 to 65536 pages; the export of it.
  expect(Buffer.from(bytes).toString("hex")).toBe(
    "0061736d010000000506010101808004070a01066d656d6f72790200",
  );
});

/** What a function of two numbers answers. */
function run(body: readonly wasm.Code[], one: number, other: number): number {
  const { exports } = instance({
    pages: 1,
    functions: [{ name: "run", exported: true, parameters: ["a", "b"], results: 1, body }],
    globals: ["total"],
    data: [{ address: 8, words: [7, -1, 0x12345678] }],
  });
  return (exports["run"] as (a: number, b: number) => number)(one, other);
}

const a = wasm.get("a");
const b = wasm.get("b");
const n = wasm.constant;

test("operators do what they are named after", () => {
  const number = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  const cases: readonly (readonly [wasm.Code, (x: number, y: number) => number])[] = [
    [wasm.add(a, b), (x, y) => (x + y) | 0],
    [wasm.subtract(a, b), (x, y) => (x - y) | 0],
    [wasm.multiply(a, b), Math.imul],
    [wasm.and(a, b), (x, y) => x & y],
    [wasm.or(a, b), (x, y) => x | y],
    [wasm.xor(a, b), (x, y) => x ^ y],
    [wasm.shiftLeft(a, b), (x, y) => x << y],
    [wasm.shiftRight(a, b), (x, y) => (x >>> y) | 0],
    [wasm.equal(a, b), (x, y) => Number(x === y)],
    [wasm.unequal(a, b), (x, y) => Number(x !== y)],
    [wasm.less(a, b), (x, y) => Number(x < y)],
    [wasm.atMost(a, b), (x, y) => Number(x <= y)],
    [wasm.greater(a, b), (x, y) => Number(x > y)],
    [wasm.atLeast(a, b), (x, y) => Number(x >= y)],
    [wasm.greaterUnsigned(a, b), (x, y) => Number(x >>> 0 > y >>> 0)],
    [wasm.atLeastUnsigned(a, b), (x, y) => Number(x >>> 0 >= y >>> 0)],
    [wasm.isZero(a), (x) => Number(x === 0)],
    [wasm.leadingZeros(a), (x) => Math.clz32(x)],
    [
      wasm.trailingZeros(wasm.or(a, n(1 << 31))),
      (x) => 31 - Math.clz32((x | -(2 ** 31)) & -(x | -(2 ** 31))),
    ],
    [wasm.countBits(a), (x) => (x >>> 0).toString(2).replaceAll("0", "").length],
    [wasm.select(wasm.less(a, b), a, b), Math.min],
    [wasm.choose(wasm.less(a, b), a, b), Math.min],
  ];
  for (const [code, meaning] of cases) {
    const body = [wasm.answer(code)];
    fc.assert(
      fc.property(number, number, (x, y) => {
        expect(run(body, x, y)).toBe(meaning(x, y));
      }),
      { numRuns: 12, seed: 1 },
    );
  }
});

test("loops, choices and memory", () => {
  const sum = [
    wasm.set("i", n(0)),
    wasm.count("i", "rounds", a, [
      wasm.setGlobal("total", wasm.add(wasm.global("total"), wasm.get("i"))),
    ]),
    wasm.answer(wasm.global("total")),
  ];
  expect(run(sum, 5, 0)).toBe(10);

  const chosen = [
    wasm.choice(a, [[wasm.answer(n(10))], [], [wasm.set("c", n(12)), wasm.answer(wasm.get("c"))]]),
    wasm.answer(n(-1)),
  ];
  expect([0, 1, 2, 3, -1].map((at) => run(chosen, at, 0))).toEqual([10, -1, 12, -1, -1]);

  const stored = [
    wasm.store(a, b, 16),
    wasm.storeByte(a, n(1), 16),
    wasm.storeShort(a, n(-1), 18),
    wasm.answer(wasm.load(a, 16)),
  ];
  expect(run(stored, 100, 0x11223344)).toBe(0xffff3301 | 0);
  expect(run([wasm.answer(wasm.load(a, 4))], 12, 0)).toBe(0x12345678);
  expect(run([wasm.clearMemory(a, n(4)), wasm.answer(wasm.load(a))], 8, 0)).toBe(0);
  expect(run([wasm.answer(wasm.growMemory(a))], 2, 0)).toBe(1);
});

test("jumps leave the block that they name", () => {
  const body = [
    wasm.block("outer", [
      wasm.block("inner", [wasm.jumpIf("outer", a), wasm.jump("inner")]),
      wasm.answer(n(1)),
    ]),
    wasm.answer(n(2)),
  ];
  expect([run(body, 0, 0), run(body, 1, 0)]).toEqual([1, 2]);
  expect(() => run([wasm.jump("elsewhere")], 0, 0)).toThrow("no block elsewhere");
});

test("numbers of 64 bits, in locals and memory among those of 32", () => {
  const number = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  const wide = wasm.get64("wide");
  const halves: readonly (readonly [wasm.Code, (whole: bigint) => bigint])[] = [
    [wide, (whole) => whole],
    [wasm.multiply64(wide, wasm.constant64(-3)), (whole) => whole * -3n],
    [wasm.add64(wide, wasm.constant64(1)), (whole) => whole + 1n],
    [wasm.xor64(wide, wasm.shiftRight64(wide, wasm.constant64(29))), (w) => w ^ (w >> 29n)],
    [wasm.or64(wide, wasm.widened(n(5))), (whole) => whole | 5n],
  ];
  for (const [code, meaning] of halves) {
    const body = [
      wasm.set("before", n(64)),
      wasm.set64("wide", wasm.joined(a, b)),
      wasm.set("after", n(8)),
      wasm.store64(wasm.get("before"), code, 8),
      wasm.set64("wide", wasm.load64(wasm.get("before"), 8)),
      wasm.when(wasm.isZero64(wasm.xor64(wide, wide)), [
        wasm.when(wasm.isZero(wasm.unequal64(wide, wide)), [
          wasm.copyMemory(wasm.get("before"), n(72), wasm.get("after")),
        ]),
      ]),
      wasm.answer(
        wasm.xor(
          wasm.load(n(64)),
          wasm.narrowed(wasm.shiftRight64(wasm.load64(n(64)), wasm.constant64(32))),
        ),
      ),
    ];
    fc.assert(
      fc.property(number, number, (x, y) => {
        const whole = BigInt.asUintN(64, (BigInt(x) << 32n) | BigInt.asUintN(32, BigInt(y)));
        const found = BigInt.asUintN(64, meaning(whole));
        expect(run(body, x, y)).toBe(Number(BigInt.asIntN(32, found ^ (found >> 32n))));
      }),
      { numRuns: 12, seed: 1 },
    );
  }
});
