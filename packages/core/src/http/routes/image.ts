import { Image } from "../../image/index.ts";
import { route } from "../route.ts";
import * as tag from "../view/image-tag.ts";
import * as view from "../view/image.ts";

export const list = route({
  summary: "Images in order of their names: an owner's, or those for an audience",
  command: Image.list,
  query: view.ImageQuery,
  answer: view.ImageList,
  read: ({ query }) => view.readImageQuery(query),
  show: (page, { query }) => view.showImages(page, query),
});

export const create = route({
  summary: "Make an image, without any version yet",
  command: Image.create,
  status: 201,
  body: view.ImageCreate,
  answer: view.Image,
  read: ({ body }) => view.readImage(body),
  show: view.showImage,
});

export const get = route({
  summary: "An image",
  command: Image.get,
  answer: view.Image,
  show: view.showImage,
});

export const listTags = route({
  summary: "The versions of an image, oldest first",
  command: Image.listVersions,
  query: tag.ImageTagQuery,
  answer: tag.ImageTagList,
  read: ({ query, path }) => tag.readImageTagQuery(query, path["image_id"]),
  show: (page, { query }) => tag.showImageTags(page, query),
});

export const createTag = route({
  summary: "Add a version that exists elsewhere under a URI",
  command: Image.importVersion,
  status: 201,
  body: tag.ImageTagCreate,
  answer: tag.ImageTag,
  read: ({ body, path }) => tag.readImageTag(body, path["image_id"]),
  show: tag.showImageTag,
});

export const getTag = route({
  summary: "A version of an image",
  command: Image.getVersion,
  answer: tag.ImageTag,
  show: tag.showImageTag,
});
