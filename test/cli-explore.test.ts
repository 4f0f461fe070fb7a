// `weft explore` as a user runs it: commands from a pipe, files saved and opened, and once in a real terminal.

import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { type Ran, root, weft, withFiles } from "./support/cli.ts";

const lostUpdate = "specs/classics/lost-update.weft";

/** Explores a spec with these lines on standard input. */
function explore(lines: readonly string[], args: readonly string[] = [lostUpdate]): Ran {
  return weft(["explore", ...args], { input: lines.map((line) => `${line}\n`).join("") });
}

/** What was answered to each line. */
function answers({ stdout }: Ran): readonly string[] {
  return stdout
    .split(/^> .*\n/m)
    .slice(1)
    .map((answer) => answer.trim());
}

test("the lost update, step by step; what nobody sees typed is repeated", () => {
  const ran = explore(["1", "2", "2", "1"]);
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  expect(ran.stdout).toMatch(
    /^specs\/classics\/lost-update.weft: lost_update\n\nh lists the commands/,
  );
  expect(ran.stdout).toContain("\n> 1\nstep 1: cpu[1]: seen = READ_ONCE(hits) [hits == 0]\n");
  expect(answers(ran).at(-1)).toBe(`step 4: cpu[1]: WRITE_ONCE(hits, seen + 1) [hits still 1]

  hits 1

  cpu[1] is done
  cpu[2] is done

invariant none_lost is violated
every process is done: the behaviour ends here`);
});

test("the end of the input ends the session, with or without a line break, and so does q", () => {
  expect(weft(["explore", lostUpdate], { input: "" }).code).toBe(0);
  const cut = weft(["explore", lostUpdate], { input: "1\nt" });
  expect([cut.code, answers(cut).length]).toEqual([0, 2]);
  const quit = explore(["1", "q", "2"]);
  expect([quit.code, answers(quit).at(-1)]).toEqual([0, ""]);
  expect(quit.stdout).not.toContain("> 2");
});

test("Enter takes the only step, or the one that was taken before; else it shows where one stands", () => {
  const [start, first, again, back, ahead, second] = answers(explore(["", "1", "", "b", "", "1"]));
  expect(start).toMatch(/^initial state\n/);
  expect(first).toMatch(/^step 1: cpu\[1\]/);
  expect(again).toBe(first);
  expect(back).toMatch(/^initial state, 1 step ahead\n.*> 1 {2}seen = READ_ONCE/s);
  expect(ahead).toBe(first);
  expect(second).toMatch(/^step 2: cpu\[1\]/);
});

test("several steps are taken at once, or none of them", () => {
  const [three, refused, odd, undone] = answers(explore(["1 2 2", "1 1", "1 x", "u"]));
  expect(three).toMatch(/^step 3: cpu\[2\]/);
  expect(refused).toBe("there is no step 1 after 1: the behaviour ends, b goes back");
  expect(odd).toMatch(/^there is no step x after 1: /);
  expect(undone).toMatch(/^initial state/);
});

test("wrong input costs a line and nothing else", () => {
  const lines = [
    "1",
    "9",
    "frob",
    "bak",
    "b x",
    "n",
    "i 3",
    "g none_lots",
    "save",
    "open",
    "open no.json",
    "v",
  ];
  const ran = explore(lines);
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  const [first, ...wrong] = answers(ran);
  expect(wrong).toEqual([
    "there is no step 9 here: choose 1 to 2",
    "there is no command `frob`: h lists the commands",
    "there is no command `bak`: did you mean `back`?",
    "x is no number of steps",
    "nothing is known beyond this state: choose a step",
    "there is only one initial state",
    "there is no property `none_lots`: did you mean `none_lost`?",
    "save to which file?",
    "open which file?",
    "cannot open no.json: there is no file `no.json`",
    first,
  ]);
});

test("a counterexample is gone to, walked along, left, and come back to", () => {
  const ran = explore([
    "g",
    "r",
    "n 2",
    "e",
    "b 3",
    "1",
    "u",
    "redo",
    "u",
    "u",
    "p",
    "g both_counted",
  ]);
  const [gone, start, two, end, back, left, undone, redone, , , properties, cover] = answers(ran);
  expect(gone).toMatch(/^invariant none_lost is violated after 4 steps with 2 context switches/);
  expect(gone).toContain("invariant none_lost is violated\nevery process is done");
  expect(start).toMatch(/^initial state, 4 steps ahead/);
  expect(two).toMatch(/^step 2 of 4: /);
  expect(end).toMatch(/^step 4: /);
  expect(back).toMatch(/^step 1 of 4: /);
  expect(left).toMatch(/^step 2: /);
  expect(undone).toBe(back);
  expect(redone).toBe(left);
  expect(properties).toMatch(/false +invariant none_lost +in all: violated after 4 steps/);
  expect(cover).toMatch(/^cover both_counted is reached after 4 steps/);
});

test("--property starts in the counterexample, --do carries out commands first", () => {
  const ran = explore(["b"], [lostUpdate, "--property", "none_lost", "--do", "b;t; w"]);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain("invariant none_lost is violated after 4 steps");
  const [back, columns, waits, again] = answers(ran);
  expect(back).toMatch(/^step 3 of 4: /);
  expect(columns).toContain("CPU0 (cpu[1])                   CPU1 (cpu[2])");
  expect(waits).toBe("nobody waits");
  expect(again).toMatch(/^step 2 of 4: /);
});

test("a property that holds has no counterexample: the session starts at the start", () => {
  const { code, stdout } = explore(
    [],
    ["specs/classics/peterson.weft", "--property", "mutual_exclusion"],
  );
  expect(code).toBe(0);
  expect(stdout).toContain("there is no trace: mutual_exclusion holds\n\ninitial state\n");
});

test("what is saved can be replayed, opened, and started from, with the parameters that it had", () => {
  const spec = join(root, "specs/classics/dining.weft");
  withFiles({}, (cwd) => {
    const args = ["explore", spec, "--set", "N=4"];
    const saved = weft(args, {
      cwd,
      input: "1\n2\n2\n2\nsave out/dead.json\nsave dead.json\nb\nsave near.json\n",
    });
    expect(answers(saved).slice(4)).toEqual([
      "wrote 4 steps to out/dead.json",
      "wrote 4 steps to dead.json",
      expect.stringMatching(/^step 3 of 4/),
      "wrote 3 steps to near.json",
    ]);
    expect(JSON.parse(readFileSync(join(cwd, "dead.json"), "utf8"))).toMatchObject({
      "#meta": { format: "ITF", status: "violation", description: "a deadlock is reached" },
    });
    expect(weft(["replay", "dead.json", spec], { cwd })).toMatchObject({
      code: 0,
      stdout: "the trace runs: 4 steps\n",
    });
    const started = weft(["explore", spec, "--trace", "dead.json"], {
      cwd,
      input: "open near.json\n",
    });
    expect(started.stdout).toContain("dining with N = 4");
    expect(started.stdout).toMatch(/^step 4: philosopher\[3\]/m);
    expect(answers(started)[0]).toMatch(/^step 3: philosopher\[2\]/);
    const other = weft(
      ["explore", join(root, "specs/classics/dining-ordered.weft"), "--set", "N=4"],
      {
        cwd,
        input: "open dead.json\n",
      },
    );
    expect(answers(other)[0]).toMatch(/^cannot open dead.json: /);
  });
});

test("a file that cannot be written or read is told, and the session goes on", () => {
  withFiles({ "not.json": "{", "file/x": "" }, (cwd) => {
    const spec = join(root, lostUpdate);
    const ran = weft(["explore", spec], { cwd, input: "1\nsave file/x/y\nopen not.json\nv\n" });
    const [first, save, open, last] = answers(ran);
    expect(save).toMatch(/^cannot write file\/x\/y: /);
    expect(open).toBe("cannot open not.json: this is not JSON");
    expect([ran.code, last]).toEqual([0, first]);
  });
});

test.each([
  ["a spec that is not there", ["none.weft"], 1, /there is no file `none.weft`/],
  ["a spec on standard input", ["-"], 1, /^explore reads its commands from standard input/],
  [
    "an unknown property",
    [lostUpdate, "--property", "none_lots"],
    1,
    /: did you mean `none_lost`\?\n$/,
  ],
  [
    "a trace that is not there",
    [lostUpdate, "--trace", "none.json"],
    1,
    /there is no file `none.json`/,
  ],
])("%s ends it at once", (_, args, code, message) => {
  const ran = explore([], args);
  expect(ran.code).toBe(code);
  expect(ran.stderr).toMatch(message);
  expect(ran.stderr).not.toMatch(/^\s+at /m);
});

test("a spec that does not compile, or has no initial state", () => {
  const specs = {
    "bad.weft": "spec s\nvar n 0..1 = 0\n",
    "none.weft": "spec s\nvar n: 0..1 in {0, 1}\ninit where n > 1\n",
  };
  withFiles(specs, (cwd) => {
    expect(weft(["explore", "bad.weft"], { cwd })).toMatchObject({ code: 150, stdout: "" });
    const none = weft(["explore", "none.weft"], { cwd });
    expect([none.code, none.stderr]).toEqual([120, expect.stringContaining("no-initial-state")]);
  });
});

// ---------------------------------------------------------------- in a terminal

/** Runs the program in a pseudo-terminal that `script` makes; what it typed and showed, and its status. */
function inTerminal(
  keys: readonly string[],
): Promise<{ readonly shown: string; readonly code: number | null }> {
  const command = `stty cols 80 rows 40; ${process.execPath} dist/cli.js explore ${lostUpdate}`;
  return new Promise((settle, fail) => {
    const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: root });
    const waiting = [...keys];
    let shown = "";
    let answered = 0;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      // Types the next keys once there is a prompt for them.
      if (!/\d> $/.test(stripVTControlCharacters(shown.slice(answered)))) return;
      answered = shown.length;
      const next = waiting.shift();
      if (next !== undefined) child.stdin.write(next);
    });
    child.on("error", fail);
    child.on("close", (code) => settle({ shown, code }));
  });
}

const hasScript = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;

test("a terminal has a prompt; Ctrl-D ends the session, Ctrl-C too", async ({ skip }) => {
  if (!hasScript) skip("`script`, which makes a terminal, is not here");
  const ended = await inTerminal(["1\r", "b\r", "\u0004"]);
  expect(ended.code).toBe(0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
  expect(ended.shown).toMatch(/\u001b\[1mstep 1: cpu\[1\]/);
  expect(ended.shown).toContain("0/1> ");
  const interrupted = await inTerminal(["1\r", "\u0003"]);
  expect(interrupted.code).toBe(130);
});

test("a violation is marked once in the way so far", () => {
  const { stdout } = weft(["explore", "specs/thp-unmap/pre-patch.weft"], {
    input: "g unmap_complete\nt\n",
  });
  expect(stdout.match(/<-- unmap_complete/g)).toHaveLength(1);
});
