import * as z from "zod";

const Entry = z.looseObject({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});

export const Lock = z.looseObject({ packages: z.record(z.string(), Entry) });
export type Lock = z.infer<typeof Lock>;

interface Absent {
  readonly name: string;
  readonly version: string;
  readonly dev: boolean;
}

/** The platform packages that installed packages name with an exact version, and that the lock does not know. */
function absent({ packages }: Lock): readonly Absent[] {
  return Object.entries(packages).flatMap(([path, { dev = false, optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, range]) => isExact(range) && !knows(packages, path, name))
      .map(([name, version]) => ({ name, version, dev })),
  );
}

/** What the lock is to say of those packages: each is for its platform alone. */
export const missing = (lock: Lock): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    absent(lock).map(({ name, version, dev }) => [
      `node_modules/${name}`,
      { version, ...platformOf(name), ...(dev && { dev }), optional: true },
    ]),
  );

const isExact = (range: string) => /^\d+[.]\d+[.]\d+$/.test(range);

/** Whether Node, asked from a package's folder, would find another. */
function knows(packages: Lock["packages"], path: string, name: string): boolean {
  const above = path.split("/node_modules/");
  const nested = above.map(
    (_, at) => `${above.slice(0, at + 1).join("/node_modules/")}/node_modules/${name}`,
  );
  return [...nested, `node_modules/${name}`].some((place) => place in packages);
}

const systems = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const processors = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];
const libraries = { musl: "musl", musleabihf: "musl", gnu: "glibc", gnueabihf: "glibc" };

function platformOf(name: string) {
  const words = name.split(/[/-]/);
  const os = systems.filter((each) => words.includes(each));
  const cpu = processors.filter((each) => words.includes(each));
  if (cpu.length !== 1 || os.length > 1)
    throw new Error(`The platform of ${name} cannot be told from its name.`);
  const libc = Object.entries(libraries).find(([word]) => words.includes(word))?.[1];
  return { cpu, ...(libc && { libc: [libc] }), ...(os.length > 0 && { os }) };
}
