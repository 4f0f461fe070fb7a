// Worker processes of a long run: each has one task at a time; one that dies or takes too long is replaced.

import { type ChildProcess, fork } from "node:child_process";
import type { Answer, Task } from "./random-worker.ts";

export type Outcome = Answer | { readonly kind: "lost"; readonly reason: string };

export interface Pool {
  readonly size: number;
  /** Performs the task on a free worker; never rejects. */
  perform(task: Task, secondsAllowed: number): Promise<Outcome>;
  close(): void;
}

interface Worker {
  child: ChildProcess | null;
}

/** `size` workers that run this very program with `--worker` and the given arguments. */
export function poolOf(size: number, args: readonly string[]): Pool {
  const free: Worker[] = Array.from({ length: size }, () => ({ child: null }));
  const waiting: ((worker: Worker) => void)[] = [];
  const all = new Set<ChildProcess>();
  const take = (): Promise<Worker> =>
    new Promise((resolve) => {
      const worker = free.pop();
      if (worker === undefined) waiting.push(resolve);
      else resolve(worker);
    });
  const give = (worker: Worker): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(worker);
    else next(worker);
  };
  const startedChild = (): ChildProcess => {
    const program = process.argv[1];
    if (program === undefined) throw new Error("the program does not know its own path");
    const child = fork(program, ["--worker", ...args], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    all.add(child);
    child.once("exit", () => all.delete(child));
    return child;
  };
  return {
    size,
    async perform(task, secondsAllowed) {
      const worker = await take();
      worker.child ??= startedChild();
      const outcome = await answerOf(worker.child, task, secondsAllowed);
      if (outcome.kind === "lost") {
        worker.child.kill("SIGKILL");
        worker.child = null;
      }
      give(worker);
      return outcome;
    },
    close() {
      for (const child of all) child.kill("SIGTERM");
    },
  };
}

function answerOf(child: ChildProcess, task: Task, secondsAllowed: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("exit", onExit);
      resolve(outcome);
    };
    const onMessage = (answer: unknown): void => settle(answer as Answer);
    const onExit = (code: number | null, signal: string | null): void =>
      settle({ kind: "lost", reason: `the worker ended with ${signal ?? code}` });
    const timer = setTimeout(
      () => settle({ kind: "lost", reason: `no answer within ${secondsAllowed} s` }),
      1000 * secondsAllowed,
    );
    child.on("message", onMessage);
    child.on("exit", onExit);
    child.send(task, (error) => {
      if (error) settle({ kind: "lost", reason: error.message });
    });
  });
}
