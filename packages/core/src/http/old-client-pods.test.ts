import { describe, expect, it } from "vitest";
import {
  at,
  containing,
  desk,
  jobOf,
  startOf,
  textAt,
  type Answered,
  type Desk,
} from "../testing/index.ts";

/** The items of a list that stands at a place of an answer. */
const listAt = (value: unknown, ...path: readonly (string | number)[]): unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** Asks for live pods and reads them as saturn-client does: absent keys are fine, nulls and empty lists where it folds are not. */
function livePods({ body }: Answered): { name: string; start: string }[] {
  const summaries = at(body, "job_summaries");
  if (summaries !== undefined) expect(listAt(body, "job_summaries")).not.toEqual([]);
  const pods = listAt(body, "job_summaries").flatMap((summary) => listAt(summary, "pod_summaries"));
  for (const pod of pods) expect(at(pod, "started_at")).not.toBeNull();
  return pods.map((pod) => ({
    name: textAt(pod, "name"),
    start: at(pod, "started_at") === undefined ? "" : textAt(pod, "started_at"),
  }));
}

const runningTask = async (known: Desk, id: string) => {
  const task = await startOf(known, id);
  const started_at = new Date(known.world.clock.now()).toISOString();
  await task.log("packages", 0, "Installing\n");
  await task.log("command", 0, "epoch 1\n");
  const packages = {
    name: "packages",
    state: "succeeded",
    started_at,
    ended_at: started_at,
    bytes: 11,
  };
  await task.report({ steps: [packages, { name: "command", state: "running", started_at }] });
  return task;
};

describe("sc pods", () => {
  it("finds neither a live pod nor a past one of a job that never ran", async () => {
    const known = await desk();
    const id = await jobOf(known);
    const live = await known.askAsOldClient(`GET /api/jobs/${id}/runtimesummary`);
    expect(live).toMatchObject({ status: 200, body: {} });
    expect(livePods(live)).toEqual([]);
    expect(await known.askAsOldClient(`GET /api/jobs/${id}/history`)).toMatchObject({
      body: { pods: [] },
    });
    // The newer contract wants the list, empty as it is.
    expect(await known.ask(`GET /api/jobs/${id}/runtimesummary`)).toMatchObject({
      body: { job_summaries: [] },
    });
  });

  it("finds a live pod before and after it has begun, and every key of a past one", async () => {
    const known = await desk();
    const id = await jobOf(known);
    await startOf(known, id);
    const task = await runningTask(known, id);
    expect(
      livePods(await known.askAsOldClient(`GET /api/jobs/${id}/runtimesummary`))
        .map(({ start }) => start)
        .toSorted(),
    ).toEqual(["", "2026-06-01T08:00:00+00:00"]);
    await known.world.clock.wait(60);
    await task.through("epoch 1\n", 0);

    const { body } = await known.askAsOldClient(`GET /api/jobs/${id}/history`);

    expect(body).toMatchObject({
      pods: [
        { status: "pending", start_time: null, end_time: null },
        {
          pod_name: containing(task.run),
          status: "completed",
          start_time: "2026-06-01T08:00:00+00:00",
          end_time: "2026-06-01T08:01:00+00:00",
          label_job_name: containing("hello-"),
        },
      ],
    });
  });
});

describe("sc logs", () => {
  const podOf = async (known: Desk, id: string) =>
    livePods(await known.askAsOldClient(`GET /api/jobs/${id}/runtimesummary`))[0]?.name;

  it("shows what a live pod's main container writes, and by itself what makes it ready", async () => {
    const known = await desk();
    const id = await jobOf(known);
    await runningTask(known, id);

    const pod = await known.askAsOldClient(
      `GET /api/pod/namespace/main-namespace/name/${await podOf(known, id)}/runtimesummary`,
    );

    expect(pod).toMatchObject({
      status: 200,
      body: {
        status: "running",
        labels: { "saturncloud.io/resource-id": id },
        init_container_summaries: [
          { name: "prepare", status: "completed", logs: "Installing\n", exit_code: 0 },
        ],
        container_summaries: [{ name: "main", status: "running", logs: "epoch 1\n" }],
      },
    });
  });

  it("waits for the main container while the task is made ready", async () => {
    const known = await desk();
    const id = await jobOf(known);
    const task = await startOf(known, id);
    await task.report({
      steps: [{ name: "packages", state: "running", started_at: "2026-06-01T08:00:00.000Z" }],
    });
    const pod = await known.askAsOldClient(
      `GET /api/pod/namespace/main-namespace/name/${await podOf(known, id)}/runtimesummary`,
    );
    expect(pod).toMatchObject({
      body: {
        init_container_summaries: [{ status: "running" }],
        container_summaries: [{ status: "waiting" }],
      },
    });
  });

  it("turns to the past for a pod that is over: one text, where the newer contract has records", async () => {
    const known = await desk();
    const id = await jobOf(known);
    const task = await runningTask(known, id);
    const pod = await podOf(known, id);
    await task.through("epoch 1\n", 0);

    expect(
      await known.askAsOldClient(
        `GET /api/pod/namespace/main-namespace/name/${pod}/runtimesummary`,
      ),
    ).toMatchObject({ status: 404, body: { code: "pod.not_found" } });
    expect(await known.askAsOldClient(`GET /api/jobs/${id}/logs?pod_name=${pod}`)).toMatchObject({
      body: { logs: "Installing\nepoch 1\n" },
    });
    expect(await known.askAsOldClient(`GET /api/jobs/${id}/logs`)).toMatchObject({
      body: { logs: "Installing\nepoch 1\n" },
    });
    expect(await known.ask(`GET /api/jobs/${id}/logs`)).toMatchObject({
      body: {
        logs: [
          {
            content: "Installing",
            pod_name: pod,
            container_name: "prepare",
            timestamp: "2026-06-01T08:00:00+00:00",
          },
          { content: "epoch 1", pod_name: pod, container_name: "main" },
        ],
      },
    });
    expect(await known.ask(`GET /api/active/pods/${pod}/logs?container_name=main`)).toMatchObject({
      body: { logs: "epoch 1\n" },
    });
    expect(await known.ask(`GET /api/active/pods/${pod}/logs?page_size=1`)).toMatchObject({
      body: { logs: "epoch 1\n" },
    });
  });

  it("finds no pod of someone else's, of another job's, or of a name that is none", async () => {
    const known = await desk();
    const id = await jobOf(known);
    const other = await jobOf(known, { name: "other" });
    await startOf(known, id);
    const pod = await podOf(known, id);
    const path = `/api/pod/namespace/main-namespace/name`;
    expect(await known.ask(`GET ${path}/${pod}/runtimesummary`, { as: "bob" })).toMatchObject({
      status: 404,
    });
    expect(await known.ask(`GET /api/active/pods/${pod}/logs`, { as: "bob" })).toMatchObject({
      status: 404,
    });
    expect(await known.ask(`GET /api/jobs/${other}/logs?pod_name=${pod}`)).toMatchObject({
      status: 404,
    });
    expect(await known.ask(`GET ${path}/nonsense/runtimesummary`)).toMatchObject({
      status: 404,
      body: { code: "pod.not_found" },
    });
  });
});
