import * as z from "zod";

/** The account that everything is synthesised for. */
export const account = "123456789012";

/** As much of a template as is looked at. */
export const Template = z.object({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string() })),
});
export type Template = z.infer<typeof Template>;

/** What the stand-in was given. */
export interface Kept {
  readonly stacks: Map<string, Template>;
  readonly objects: Map<string, Buffer>;
  /** The outputs of the stacks that must be there before anything is deployed. */
  readonly bootstrap: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const empty = (): Kept => ({
  stacks: new Map(),
  objects: new Map(),
  bootstrap: {
    CDKToolkit: { BootstrapVersion: "21", BucketName: `cdk-hnb659fds-assets-${account}-us-east-1` },
    SSTBootstrap: { Version: "7.4", BucketName: "sstbootstrap-test" },
  },
});
