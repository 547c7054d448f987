import { put, timeOf } from "../kit/index.ts";
import type { World } from "../world.ts";
import { organisations, owners, users, type Info, type Organisation, type User } from "./schema.ts";

/** Who is to be there, and where. */
export interface Enrolled {
  readonly username: string;
  readonly organisation: string;
  readonly admin: boolean;
}

/** Makes a person with an identity in an organisation, which is made as the primary one if there is none. Safe to repeat. */
export async function enrol(world: World, who: Enrolled): Promise<Info> {
  const existing = await world.store.byName(owners, `${who.organisation}/${who.username}`);
  if (existing) return existing;
  const known = await world.store.byName(organisations, who.organisation);
  const organisation = known ?? newOrganisation(world, who);
  const user = newUser(world, who);
  const owner = newOwner(world, organisation, user);
  const changes = [put(users, user), put(owners, owner)];
  await world.store.commit(
    known ? changes : [put(organisations, organisation), ...changes],
    [],
    "installation",
  );
  return owner;
}

const newOrganisation = (world: World, { organisation: name }: Enrolled): Organisation => ({
  id: world.ids.id(),
  name,
  email: `admin@${name}.invalid`,
  description: "",
  is_primary: true,
  created_at: timeOf(world.clock.now()),
});

const newUser = (world: World, { username, organisation, admin }: Enrolled): User => ({
  id: world.ids.id(),
  username,
  full_name: username,
  email: `${username}@${organisation}.invalid`,
  admin,
  created_at: timeOf(world.clock.now()),
});

const newOwner = (world: World, organisation: Organisation, user: User): Info => ({
  id: world.ids.id(),
  org_id: organisation.id,
  org_name: organisation.name,
  identity_name: user.username,
  identity_type: "user",
  user_id: user.id,
  org_admin: user.admin,
  created_at: user.created_at,
});
