import { homedir } from "node:os";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { isatty } from "node:tty";
import type { Io, Reader, Writer } from "./io.ts";

/** The process as an Io. The first Ctrl-C is told by the signal; a second one ends the process at once. */
export function processIo(): Io {
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  const { signal } = interruption;
  return {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    uid: process.getuid?.(),
    stdin: reader(signal),
    stdout: writer(process.stdout, 1),
    stderr: writer(process.stderr, 2),
    fetch,
    now: Date.now,
    pause: (milliseconds) => pause(milliseconds, undefined, { signal }),
    interrupted: signal,
  };
}

function writer(stream: NodeJS.WriteStream, fd: number): Writer {
  // Whoever reads us has read enough, as in `cassini logs x | head`.
  stream.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 1));
  return {
    isTerminal: isatty(fd),
    get columns() {
      return stream.columns ?? 80;
    },
    write: (text) =>
      text === ""
        ? Promise.resolve()
        : new Promise((resolve) => stream.write(text, () => resolve())),
  };
}

function reader(signal: AbortSignal): Reader {
  return {
    isTerminal: isatty(process.stdin.fd),
    async read() {
      let text = "";
      process.stdin.setEncoding("utf8");
      for await (const chunk of process.stdin) text += String(chunk);
      return text;
    },
    ask: (question, options) => answerTo(question, options?.hidden === true, signal),
  };
}

/** One line from the terminal; what is hidden is read without an echo. */
function answerTo(question: string, hidden: boolean, signal: AbortSignal): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(question);
  const lines = createInterface({
    input: process.stdin,
    output: hidden ? silent : process.stderr,
    terminal: true,
    historySize: 0,
  });
  const answer = new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    // In raw mode Ctrl-C is a key, which stands for the signal; Ctrl-D closes, and answers nothing.
    lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    lines.once("close", () => resolve(""));
    signal.addEventListener("abort", () => reject(new Error("Interrupted.")), { once: true });
  });
  return answer.finally(() => {
    lines.close();
    if (hidden || signal.aborted) process.stderr.write("\n");
  });
}
