import type { Client } from "@cassini/core/client";
import type { Asked, Outcome } from "../command.ts";
import { table } from "../print/table.ts";
import { allPages } from "./all.ts";

type Image = Client.AnswerOf<"GET /api/images">["images"][number];
type Tag = Client.AnswerOf<"GET /api/images/{image_id}/tags">["image_tags"][number];

/** The images that a job of the caller's can name, each version in a line of its own; with an owner, hers alone. */
export async function listImages(
  { api, paper }: Pick<Asked, "api" | "paper">,
  { owner }: { owner?: string | undefined },
): Promise<Outcome> {
  const audiences = owner === undefined ? ([undefined, "org", "account"] as const) : [undefined];
  const found = await Promise.all(audiences.map((access) => imagesFor(api, owner, access)));
  const images = [...new Map(found.flat().map((image) => [image.id, image])).values()];
  const image_tags = (await Promise.all(images.map(({ id }) => tagsOf(api, id)))).flat();
  const reply = { images, image_tags };
  if (image_tags.length === 0)
    return {
      reply,
      text: "No images yet. Add one: cassini apply -f image.yaml (type: image, spec: name, versions).\n",
    };
  const text = table<Tag>(
    [
      {
        title: "IMAGE",
        of: ({ image, version }) => `${image.owner.name}/${image.name}:${version}`,
        whole: true,
      },
      { title: "HARDWARE", of: ({ image }) => image.hardware_type },
      { title: "FOR", of: ({ image }) => audienceOf[image.access] },
      { title: "STATUS", of: ({ status, archived }) => (archived ? "archived" : status) },
      { title: "DESCRIPTION", of: ({ description, image }) => description || image.description },
    ],
    image_tags,
    paper,
  );
  return { reply, text };
}

const audienceOf: Readonly<Record<Image["access"], string>> = {
  owner: "owner",
  org: "organisation",
  account: "everybody",
};

async function imagesFor(
  api: Client.Api,
  owner: string | undefined,
  access: Image["access"] | undefined,
): Promise<readonly Image[]> {
  const pages = await allPages((next_key) =>
    api("GET /api/images", { owner_name: owner, access, page_size: 1000, next_key }),
  );
  return pages.flatMap(({ images }) => images);
}

async function tagsOf(api: Client.Api, image_id: string): Promise<readonly Tag[]> {
  const pages = await allPages((next_key) =>
    api("GET /api/images/{image_id}/tags", { image_id, page_size: 1000, next_key }),
  );
  return pages.flatMap(({ image_tags }) => image_tags);
}
