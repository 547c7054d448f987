import { put, sha256, timeOf, type Change, type Permission } from "../kit/index.ts";
import { Owner } from "../owner/index.ts";
import type { Caller, World } from "../world.ts";
import { Expired, prefix, tokens, Unknown, type Info } from "./schema.ts";

export * from "./schema.ts";

/** What a token that belongs to a task may do: read its own surroundings and work on its own resource. */
const taskPermissions: ReadonlySet<Permission> = new Set<Permission>([
  "user.read",
  "organisation.read",
  "job.read",
  "run.read",
  "size.read",
  "anyone",
]);

interface Wanted {
  readonly owner_id: string;
  readonly description: string;
  readonly resource_id?: string;
  readonly expires_at?: string;
}

/** A new token: its text, to be shown once, and the change that keeps its hash. */
export async function mint(
  world: World,
  wanted: Wanted,
): Promise<{ text: string; hash: string; change: Change }> {
  const text = prefix + world.ids.secret();
  const hash = await sha256(text);
  const created_at = timeOf(world.clock.now());
  const record: Info = { id: world.ids.id(), hash, created_at, ...wanted };
  return { text, hash, change: put(tokens, record) };
}

/** Who a token's text stands for; fails with `token.unknown` or `token.expired`. */
export async function callerOf(world: World, text: string): Promise<Caller> {
  const token = await world.store.get(tokens, await sha256(text));
  if (!token) throw Unknown({});
  if (token.expires_at && Date.parse(token.expires_at) <= world.clock.now()) throw Expired({});
  const owner = await world.store.get(Owner.owners, token.owner_id);
  const user = owner && (await world.store.get(Owner.users, owner.user_id));
  if (!owner || !user) throw Unknown({});
  const limited = token.resource_id !== undefined;
  return {
    actor: Owner.nameOf(owner),
    owner,
    admin: user.admin && !limited,
    may: (permission) => !limited || taskPermissions.has(permission),
  };
}
