import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Image } from "@cassini/core/image";
import { Job } from "@cassini/core/job";
import { memoryWorld, mortal } from "@cassini/core/testing";
import { Token } from "@cassini/core/token";
import { install } from "./install.ts";
import { secretKey } from "./secret-key.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "cassini-install-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const tokenFile = () => join(home, "admin.token");
const tokenText = async () => (await readFile(tokenFile(), "utf8")).trim();

describe("a fresh installation", () => {
  it("has an administrator whose token lies in a file that nobody else may read", async () => {
    const world = await memoryWorld();
    await install(world, tokenFile());
    const caller = await Token.callerOf(world, await tokenText());
    expect([caller.actor, caller.admin]).toEqual(["local/admin", true]);
    expect((await stat(tokenFile())).mode & 0o777).toBe(0o600);
  });

  it("has the image of this machine's Python, which jobs can name at once", async () => {
    const world = await memoryWorld();
    const owner = await install(world, tokenFile());
    const caller = await Token.callerOf(world, await tokenText());
    const { image } = await Image.named(world.as(caller), { name: "python" });
    expect(image).toMatchObject({ owner_id: owner.id, access: "account", hardware_type: "CPU" });
    const wanted = {
      name: "first",
      image: "local/admin/python:host",
      instance_type: "micro",
      command: "true",
    };
    await expect(Job.create.from(world.as(caller), wanted)).resolves.toMatchObject({
      job: { image: { uri: "host:python3" } },
    });
  });

  it("is changed by no further start", async () => {
    const world = await memoryWorld();
    const first = await install(world, tokenFile());
    const token = await tokenText();
    let commits = 0;
    const store = { ...world.store, commit: async () => void (commits += 1) };
    expect(await install({ ...world, store }, tokenFile())).toMatchObject(first);
    expect([await tokenText(), commits]).toEqual([token, 0]);
  });

  it("makes a new token where the file is gone, and where its record is", async () => {
    const world = await memoryWorld();
    await install(world, tokenFile());
    const first = await tokenText();
    await rm(tokenFile());
    await install(world, tokenFile());
    const second = await tokenText();
    await writeFile(tokenFile(), "cassini_of_another_table");
    await install(world, tokenFile());
    const third = await tokenText();
    expect(new Set([first, second, third]).size).toBe(3);
    expect((await Token.callerOf(world, third)).admin).toBe(true);
  });

  it("comes about all the same when it is killed before or after any of its writes", async () => {
    for (const side of ["before", "after"] as const) {
      for (let act = 0; act < 4; act += 1) {
        const world = await memoryWorld();
        await rm(tokenFile(), { force: true });
        await install(mortal({ act, side }).guard(world), tokenFile()).catch(() => undefined);
        const owner = await install(world, tokenFile());
        const caller = await Token.callerOf(world, await tokenText());
        expect(caller.owner).toMatchObject({ id: owner.id });
        expect(await world.store.byName(Image.images, `${owner.id}/python`)).toMatchObject({
          access: "account",
        });
      }
    }
  });
});

describe("the secret key", () => {
  it("is made once, for its owner alone, and kept", async () => {
    const path = join(home, "secret.key");
    const key = await secretKey(path);
    expect(key).toHaveLength(32);
    expect(await secretKey(path)).toEqual(key);
    expect([(await stat(path)).mode & 0o777, await readdir(home)]).toEqual([0o600, ["secret.key"]]);
  });

  it("is never replaced where the file holds something else", async () => {
    const path = join(home, "secret.key");
    await writeFile(path, "not a key");
    await expect(secretKey(path)).rejects.toMatchObject({ code: "home.key_unusable" });
    expect(await readFile(path, "utf8")).toBe("not a key");
  });
});
