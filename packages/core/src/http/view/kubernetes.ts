import * as z from "zod";

/** The fields that clients expect of everything that runs, in the words of the system that they were made for. */
export const recordFields = {
  name: z.string(),
  namespace: z.string(),
  uid: z.string(),
  controller_uid: z.string().nullable(),
  controller_kind: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  conditions: z.array(z.never()),
  started_at: z.string().nullable(),
  deleted_at: z.string().nullable(),
};
const KubernetesRecord = z.strictObject(recordFields);

/** The one namespace that there is; clients have it in their paths. */
const namespace = "main-namespace";

export const recordOf = (
  name: string,
  uid: string,
  controllerUid: string | null,
): z.infer<typeof KubernetesRecord> => ({
  name,
  namespace,
  uid,
  controller_uid: controllerUid,
  controller_kind: controllerUid === null ? null : "Job",
  labels: {},
  annotations: {},
  conditions: [],
  started_at: null,
  deleted_at: null,
});

export const KilledReason = z.enum(["Evicted", "OOMKilled"]).nullable();
