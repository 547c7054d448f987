import { Launch } from "@cassini/core/launch";

/** What the host can do, as far as it decides on what may run here. */
export interface Abilities {
  readonly gpus: number;
  /** Whether the interpreter of that name is there for this owner. */
  readonly hasPython: (name: string, ownerId: string) => Promise<boolean>;
  /** Whether tasks of that owner may run besides those of the others. */
  readonly admits: (ownerId: string) => boolean;
}

const elsewhere = "Use the docker driver or AWS for it";

/** Packages that a host's own tools would install into the host itself, each with its way out. */
const ownMachine: Readonly<Record<string, string>> = {
  apt: `apt packages would change this machine. ${elsewhere}, or have them installed here and leave \`apt\` out.`,
  conda: `conda packages need an image. ${elsewhere}, or take the packages from pip.`,
  cran: `R packages need an image. ${elsewhere}, or install them on this machine and leave \`cran\` out.`,
  remotes: `R packages need an image. ${elsewhere}, or install them on this machine and leave \`remotes\` out.`,
  bioconductor: `R packages need an image. ${elsewhere}, or install them on this machine and leave \`bioconductor\` out.`,
};

/** The interpreter that an image of this host names, `host:python3`; undefined for an image that is no host's. */
export const interpreterOf = (imageUri: string): string | undefined =>
  /^host:(\/?[A-Za-z0-9._+/-]+)$/.exec(imageUri)?.[1];

/** Every reason why a plan cannot run as processes of this host, each a sentence with the way out. */
export async function refusalsOf(plan: Launch.Plan, host: Abilities): Promise<string[]> {
  const kinds = Launch.kindsUsed(plan.packages).flatMap((kind) => ownMachine[kind] ?? []);
  const { gpu, name } = plan.instance;
  return [
    ...(await refusedImage(plan, host)),
    ...kinds,
    ...(gpu > host.gpus
      ? [
          `Size ${name} has ${gpu} GPU and this machine ${host.gpus}. Choose a size without GPU, or use AWS for it.`,
        ]
      : []),
    ...(host.admits(plan.owner_id) ? [] : [crowded]),
  ];
}

async function refusedImage(
  { image_uri: uri, owner_id: owner }: Launch.Plan,
  host: Abilities,
): Promise<string[]> {
  const interpreter = interpreterOf(uri);
  if (interpreter === undefined)
    return [
      `The image ${uri} is one for containers. Use local/admin/python:host for a job on this machine, or the docker driver or AWS for the image.`,
    ];
  if (await host.hasPython(interpreter, owner)) return [];
  return [
    `This machine has no ${interpreter} that tasks can run. Install it where every user can read it, such as /usr/bin, or choose another image.`,
  ];
}

const crowded =
  "Tasks of several owners would run as one user here and could read each other. Start the server as root, which gives each owner a user of its own, or run it for one owner alone.";
