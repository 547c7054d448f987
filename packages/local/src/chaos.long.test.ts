import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { endOf, logOf, startJob } from "./testing/run.ts";
import { newHome, removeHome, startServer, type TestServer } from "./testing/server.ts";

const rounds = 12;
const jobsPerRound = 3;

let server: TestServer | undefined;
afterAll(async () => {
  await server?.end();
  if (server) await removeHome(server.home);
});

/** Tells that it was started by a line in its log, and ends after a while. */
const command = (at: number) => `echo begun; sleep 0.${at % 10}; echo end; exit 3`;

/** Starts a job on a server that may die at any moment: without an answer, the run may have been kept or not. */
const tryToStart = (living: TestServer, at: number): Promise<string | undefined> =>
  startJob(living, `job-${at}`, command(at)).catch(() => undefined);

describe(
  "a server that is killed again and again while jobs are started",
  { timeout: 300_000 },
  () => {
    it("loses, doubles and leaves no run: each has its exit code and its whole log", async () => {
      const home = await newHome();
      const answered = new Set<string>();
      for (let round = 0; round < rounds; round += 1) {
        server = await startServer(home);
        const living = server;
        const starts = Array.from({ length: jobsPerRound }, (_, at) =>
          tryToStart(living, round * jobsPerRound + at),
        );
        // At another moment each time.
        await sleep(100 + round * 90);
        await server.end("SIGKILL");
        for (const id of await Promise.all(starts)) if (id !== undefined) answered.add(id);
      }
      server = await startServer(home);
      const { runs } = await server.api<{ runs: { id: string }[] }>(
        "GET",
        "/api/runs?page_size=1000",
      );
      expect(answered.size).toBeGreaterThan(jobsPerRound);
      expect(new Set(runs.map(({ id }) => id)).isSupersetOf(answered)).toBe(true);

      for (const { id } of runs) {
        expect(await endOf(server, id)).toMatchObject({
          exit_code: 3,
          reason: { code: "step.failed" },
        });
        expect(await logOf(server, id)).toBe("begun\nend\n");
      }
    });
  },
);
