import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { Launch } from "@cassini/core/launch";
import { gitconfig } from "./clone.ts";
import { folderOf, logOf } from "./place.ts";
import type { Overlays, TaskFile } from "./record.ts";

/**
 * Makes the home directory of a task: the agent's folder, the workspace, the job's files. Nothing of the task's has run in it yet,
 * so there are no links in it to be led astray by.
 */
export function makeHome(task: TaskFile, bundle: Launch.Bundle): void {
  const at = (path: string): string => task.folder + path.slice(task.home.length);
  folder(task, task.folder, 0o700);
  makeOwn(task, bundle);
  folder(task, at(`${task.home}/workspace`), 0o755);
  for (const { path, content, mode } of bundle.files) {
    folders(task, dirname(at(path)));
    file(task, at(path), content, Number.parseInt(mode, 8));
  }
  // git makes the last folder of the path itself, those above it belong to the owner.
  for (const { path } of bundle.repositories) folders(task, dirname(at(path)));
}

/** The agent's own folder: the script, what it reads, and where it writes to. */
function makeOwn(task: TaskFile, { entry, environment, repositories, pip }: Launch.Bundle): void {
  const own = folderOf(task.folder);
  for (const path of [own, join(own, "log"), join(own, "bin")]) folder(task, path, 0o755);
  // The shim opens it before it gives up its privileges.
  file(task, logOf(task.folder, "command"), "", 0o644);
  file(task, join(own, "entry.sh"), entry, 0o600);
  const { PATH = "/usr/bin:/bin" } = task.environment;
  const path = alias(task, own) ? { PATH: `${task.home}/.cassini/bin:${PATH}` } : {};
  const variables = { ...task.environment, ...path, ...environment };
  file(task, join(own, "environment"), Launch.environmentText(variables), 0o600);
  if (repositories.length > 0) file(task, join(own, "gitconfig"), gitconfig, 0o600);
  if (task.overlays && pip.trim() !== "") overlays(task, task.overlays, pip);
}

/** Makes a folder of the task's with all that lie between it and the home. */
function folders(task: TaskFile, path: string): void {
  if (path.length <= task.folder.length || existsSync(path)) return;
  folders(task, dirname(path));
  folder(task, path, 0o755);
}

function folder(task: TaskFile, path: string, mode: number): void {
  mkdirSync(path, { recursive: true, mode });
  give(task, path);
}

function file(task: TaskFile, path: string, content: string, mode: number): void {
  writeFileSync(path, content, { flag: "wx", mode });
  // The mode that was asked for counts, not what the agent's mask leaves of it.
  chmodSync(path, mode);
  give(task, path);
}

function give({ owner }: TaskFile, path: string): void {
  if (owner) chownSync(path, owner.uid, owner.gid);
}

/** Where the host's interpreter is called python3 alone, `python` shall find it, too; answers whether that was needed. */
function alias(task: TaskFile, own: string): boolean {
  const { overlays: host } = task;
  if (!host || existsSync(join(dirname(host.python), "python"))) return false;
  file(task, join(own, "bin", "python"), `#!/bin/sh\nexec '${host.python}' "$@"\n`, 0o755);
  return true;
}

/** What a requirements file may say that holds for one task alone: other files, and folders to install from. */
const ownFiles = /^\s*(?:-[rce]\b|--(?:requirement|constraint|editable)\b|\.|\/|file:)|@\s*file:/m;

function overlays(
  task: TaskFile,
  { script, bash, python, version, folder: shared }: Overlays,
  pip: string,
): void {
  const key = createHash("sha256")
    .update(`${python}\n${version}\n${pip}`)
    .digest("hex")
    .slice(0, 32);
  const isShared = !ownFiles.test(pip);
  const home = isShared ? shared : `${task.home}/.cassini/own-environments`;
  const known = { python, folder: home, key };
  const head = Object.entries(known).map(([name, value]) => `${name}=${Launch.quoted(value)}\n`);
  folder(task, join(folderOf(task.folder), "environments"), 0o755);
  file(
    task,
    join(folderOf(task.folder), "pip"),
    `#!${bash} -p\n${head.join("")}${readFileSync(script, "utf8")}`,
    0o755,
  );
}
