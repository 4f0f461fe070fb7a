// How far something is, on standard error, and the wish to stop it.

export interface ProgressMeter {
  show(line: string): void;
  end(): void;
}

/** On a terminal one line that is overwritten, elsewhere a line every few seconds. */
export function progressMeter({ quiet }: { readonly quiet?: boolean }): ProgressMeter {
  const { stderr } = process;
  const everyMilliseconds = 5000;
  let last = performance.now();
  let shown = false;
  return {
    show(line) {
      if (quiet === true) return;
      if (stderr.isTTY) {
        // A terminal may have no width that it knows of.
        stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns || 80) - 1)}`);
        shown = true;
      } else if (performance.now() - last >= everyMilliseconds) {
        last = performance.now();
        stderr.write(`${line}\n`);
      }
    },
    end() {
      if (shown) stderr.write("\r\u001b[K");
    },
  };
}

/** Whether Ctrl-C was pressed: it is meant for all that a command still has to do, not for one of several searches alone. */
let asked = false;

/** What was to be ended has ended, and more is wished for: a session goes on. */
export function forgetInterrupt(): void {
  asked = false;
}

/** Ctrl-C as a question that a search asks now and then. */
export interface Interruption {
  readonly asked: () => boolean;
  /** Whether the question will be asked soon: else Ctrl-C ends the program at once. */
  readonly attend: (soon: boolean) => void;
  readonly end: () => void;
}

export function interruption(): Interruption {
  let listening = false;
  // Not more often than it must be: a signal that comes between a listener and the next one is lost.
  const listen = (wished: boolean): void => {
    if (wished === listening) return;
    listening = wished;
    if (wished) process.on("SIGINT", onInterrupt);
    else process.removeListener("SIGINT", onInterrupt);
  };
  const onInterrupt = (): void => {
    asked = true;
    // The next one ends the program at once.
    listen(false);
  };
  const attend = (soon: boolean): void => listen(soon && !asked);
  const end = (): void => listen(false);
  attend(true);
  return { asked: () => asked, attend, end };
}

/** Ctrl-C as a signal to programs that run; whatever else ends this program lets it clean up first. */
export interface InterruptSignal {
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** What a shell says of a program that a signal ended. */
const codesOfSignals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export function interruptSignal(): InterruptSignal {
  const controller = new AbortController();
  const onSignal = (signal: keyof typeof codesOfSignals): void => {
    // A second Ctrl-C does not wait for those that run; leaving ends them.
    if (signal !== "SIGINT" || controller.signal.aborted) process.exit(codesOfSignals[signal]);
    controller.abort();
  };
  const signals = Object.keys(codesOfSignals) as (keyof typeof codesOfSignals)[];
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: controller.signal,
    end: () => {
      for (const signal of signals) process.removeListener(signal, onSignal);
    },
  };
}
