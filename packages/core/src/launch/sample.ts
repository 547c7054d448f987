import { codeOf } from "../kit/index.ts";
import { Info as Job, Spec } from "../job/schema.ts";
import { Info as Owner } from "../owner/schema.ts";
import { Size } from "../size/index.ts";
import { bundleOf } from "./bundle.ts";
import { planOf } from "./plan.ts";
import type { Bundle, Plan } from "./schema.ts";

const id = (digit: string): string => digit.repeat(32);
const at = "2026-05-01T12:00:00.000Z";

/** For tests: who owns the job that they launch. */
export const ada: Owner = {
  id: id("b"),
  org_id: id("c"),
  org_name: "acme",
  identity_name: "ada",
  identity_type: "user",
  user_id: id("d"),
  org_admin: false,
  created_at: at,
};

/** For tests: a job that says little but what the test is about. */
export const jobOf = (said: object = {}): Job =>
  Job.parse({
    ...Spec.parse({ name: "nightly", instance_type: "medium", command: "python run.py", ...said }),
    id: id("a"),
    owner_id: ada.id,
    image: { uri: "acme/python:1" },
    created_at: at,
    updated_at: at,
  });

/** For tests: what planning takes, for a job that says this. */
export const asked = (said: object = {}): Parameters<typeof planOf>[0] => {
  const job = jobOf(said);
  const size = Size.documented.find(({ name }) => name === job.instance_type);
  if (!size) throw new Error(`There is no size ${job.instance_type}.`);
  return { job, image_uri: "acme/python:1", size, owner: ada };
};

/** For tests: the plan of that job. */
export const planned = (said: object = {}): Plan => planOf(asked(said));

/** For tests: what the second attempt of its run is given. */
export const bundled = (said: object = {}): Bundle =>
  bundleOf(planned(said), {
    run: id("e"),
    attempt: 2,
    runName: "nightly-eeeeeeee",
    token: "cassini_secret",
    baseUrl: "http://127.0.0.1:8080",
    orgName: "acme",
    username: "ada",
  });

/** For tests: the code and the sentence that an act fails with; neither where it does not fail. */
export function refusal(act: () => unknown): { code?: string | undefined; sentence: string } {
  try {
    act();
    return { sentence: "" };
  } catch (error) {
    return { code: codeOf(error), sentence: error instanceof Error ? error.message : "" };
  }
}
