import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  newHome,
  refusedStart,
  removeHome,
  startServer,
  type TestServer,
} from "./testing/server.ts";

const servers: TestServer[] = [];
const homes: string[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.end();
  for (const home of homes.splice(0)) await removeHome(home);
});

async function fresh(): Promise<string> {
  const home = await newHome();
  homes.push(home);
  return home;
}

async function started(home: string, args?: readonly string[]): Promise<TestServer> {
  const server = await startServer(home, args);
  servers.push(server);
  return server;
}

/** The processes whose command line names a home. */
async function processesOn(home: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((line) => line.includes(home));
}

/** What the server answers to a request as it stands. */
const rawAnswer = (port: number, request: string): Promise<string> =>
  new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    socket.on("data", (piece) => (text += piece.toString())).on("close", () => resolve(text));
  });

describe("the first start", { timeout: 30_000 }, () => {
  it("makes an installation out of nothing, and prints one line", async () => {
    const server = await started(await fresh());
    const user = await server.api("GET", "/api/user");
    expect(user).toMatchObject({ username: "admin", admin: true });
    expect(server.said.out).toHaveLength(1);
    expect(server.said.out[0]).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\/signin\?code=[\w-]{32}$/);
  });

  it("signs a browser in by its link, once", async () => {
    const server = await started(await fresh());
    const link = server.said.out[0]?.replace("ready ", "") ?? "";
    const first = await fetch(link, { redirect: "manual" });
    const second = await fetch(link, { redirect: "manual" });
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    const page = await fetch(server.url, { headers: { cookie } });
    expect([first.status, second.status, page.status]).toEqual([303, 410, 200]);
    expect(await page.text()).toContain("signed in as local/admin");
  });

  it("lets the administrator make another link, and nobody else", async () => {
    const server = await started(await fresh());
    const { url } = await server.api<{ url: string }>("POST", "/api/local/signin");
    const refused = await fetch(`${server.url}/api/local/signin`, { method: "POST" });
    expect([(await fetch(url, { redirect: "manual" })).status, refused.status]).toEqual([303, 401]);
  });

  it("shows its numbers to the administrator alone, and refuses other names than its own", async () => {
    const server = await started(await fresh());
    const token = (await readFile(join(server.home, "admin.token"), "utf8")).trim();
    const shown = await fetch(`${server.url}/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await shown.text()).toMatch(/^cassini_store_writes_total [1-9]/m);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    const { port } = new URL(server.url);
    const lines = ["GET / HTTP/1.1", `Host: evil.example:${port}`, "Connection: close", "", ""];
    expect(await rawAnswer(Number(port), lines.join("\r\n"))).toMatch(
      /^HTTP\/1\.1 421 [^]*server\.host_unknown/,
    );
  });

  it("tells what the machine has for jobs", async () => {
    const server = await started(await fresh());
    const { findings } = await server.api<{ findings: { name: string }[] }>(
      "GET",
      "/api/local/doctor",
    );
    expect(findings.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["bash", "git", "confinement", "free disk"]),
    );
  });
});

describe("the second start", { timeout: 30_000 }, () => {
  it("finds token, key and records as they were", async () => {
    const home = await fresh();
    const first = await started(home);
    const before = await first.api("GET", "/api/user");
    const token = await readFile(join(home, "admin.token"), "utf8");
    expect(await first.end()).toBe(0);

    const second = await started(home);

    expect(await second.api("GET", "/api/user")).toEqual(before);
    expect(await readFile(join(home, "admin.token"), "utf8")).toBe(token);
  });
});

describe("a server that is asked to stop", { timeout: 30_000 }, () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends in order at %s and leaves no process behind",
    async (signal) => {
      const home = await fresh();
      const server = await started(home);
      expect(await processesOn(home)).not.toEqual([]);
      expect(await server.end(signal)).toBe(0);
      expect(await processesOn(home)).toEqual([]);
      expect(await readdir(home)).not.toContain("server.lock");
    },
  );

  it("ends once for an interrupt that reaches it twice at once", async () => {
    const server = await started(await fresh());
    server.child.kill("SIGINT");
    expect(await server.end("SIGINT")).toBe(0);
  });
});

describe("a server that cannot start", { timeout: 30_000 }, () => {
  it("names the server that has the home already", async () => {
    const first = await started(await fresh());
    const { code, err, out } = await refusedStart(["--home", first.home, "--port", "0"]);
    expect([code, out]).toEqual([5, []]);
    expect(err.join("\n")).toContain(
      `process ${first.child.pid} on port ${new URL(first.url).port}`,
    );
    expect(await first.api("GET", "/api/status")).toMatchObject({ status: "ok" });
  });

  it("says that the port is taken, and lets the home go", async () => {
    const home = await fresh();
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has such an address
    const { port } = other.address() as AddressInfo;
    const { code, err } = await refusedStart(["--home", home, "--port", String(port)]);
    other.close();
    expect([code, err.length]).toEqual([5, 1]);
    expect(err[0]).toContain(`Port ${port} on 127.0.0.1 is taken`);
    expect(await processesOn(home)).toEqual([]);
    expect(await readdir(home)).not.toContain("server.lock");
  });

  it("says that the home is no folder", async () => {
    const home = await fresh();
    await writeFile(join(home, "file"), "");
    const { code, err } = await refusedStart(["--home", join(home, "file")]);
    expect([code, err.length]).toEqual([3, 1]);
    expect(err[0]).toContain("--home");
  });

  it("says that the database engine is missing, and lets the home go", async () => {
    const home = await fresh();
    const { code, err } = await refusedStart(["--home", home, "--port", "0"], {
      DYNOXIDE_BIN: join(home, "none"),
    });
    expect(code).toBe(1);
    expect(err.join("\n")).toContain("DYNOXIDE_BIN");
    expect(await processesOn(home)).toEqual([]);
    expect(await readdir(home)).not.toContain("server.lock");
  });

  it("says that the secret key is not one", async () => {
    const home = await fresh();
    await mkdir(home, { recursive: true });
    await writeFile(join(home, "secret.key"), "short");
    const { code, err } = await refusedStart(["--home", home, "--port", "0"]);
    expect(code).toBe(1);
    expect(err.at(-1)).toContain("secret.key");
    expect(await processesOn(home)).toEqual([]);
  });

  it("explains itself when it is told something unknown", async () => {
    const { code, err } = await refusedStart(["--prot", "80"]);
    expect([code, err.length]).toEqual([2, 1]);
  });
});
