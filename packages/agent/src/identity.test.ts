import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { bootNow, fateOf, identityFrom, identityOf, identityText, signal } from "./identity.ts";

const me = () => {
  const identity = identityOf(process.pid);
  if (!identity) throw new Error("This process is not there.");
  return identity;
};

describe("a process's identity", () => {
  it("is alive as long as the process is", async () => {
    const child = spawn("sleep", ["300"], { stdio: "ignore" });
    await once(child, "spawn");
    const identity = identityOf(child.pid ?? 0);
    expect(identity && fateOf(identity)).toBe("alive");
    expect(identity && signal(identity, "SIGKILL")).toBe(true);
    await once(child, "exit");
    expect(identity && fateOf(identity)).toBe("dead");
    expect(identity && signal(identity, "SIGKILL")).toBe(false);
  });

  it("is not that of another process with the same number", () => {
    expect(fateOf({ ...me(), start: "1" })).toBe("dead");
    expect(signal({ ...me(), start: "1" }, "SIGTERM")).toBe(false);
  });

  it("is dead when the process is a zombie", async () => {
    // The outer shell starts a process that ends at once, and becomes a program that never asks for its end.
    const parent = spawn("sh", ["-c", "sh -c 'echo $$' & exec sleep 300"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [said] = await once(parent.stdout, "data");
    const pid = Number(String(said).trim());
    await expect.poll(() => fateOf(identityOf(pid) ?? me())).toBe("dead");
    parent.kill("SIGKILL");
    await once(parent, "exit");
  });

  it("tells a restart of the machine", () => {
    expect(fateOf({ ...me(), boot: "another" })).toBe("restarted");
    expect(bootNow()).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is one line of text and back", () => {
    expect(identityFrom(identityText(me()))).toEqual(me());
    for (const text of ["", "never\n", "1 2 3\n", identityText(me()).trimEnd()])
      expect(identityFrom(text)).toBeUndefined();
  });
});
