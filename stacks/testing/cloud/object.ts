import type { Kept } from "./kept.ts";
import type { Answer } from "./query.ts";
import { written } from "./xml.ts";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** Answers as S3 does, with the bucket in the path: every bucket is there, encrypted, and holds what was put. */
export function object({ objects }: Kept, { method, path, query, body }: Asked): Answer {
  const isBucket = /^\/[^/]+\/?$/.test(path);
  if (method === "PUT") objects.set(path, body);
  if (method === "PUT") return found("");
  const known = objects.get(path);
  if (isBucket) return found(bucket(query));
  return known
    ? found(known.toString())
    : { status: 404, body: written({ Error: { Code: "NoSuchKey", Message: path } }) };
}

const found = (body: string): Answer => ({ status: 200, body });

function bucket(query: URLSearchParams): string {
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: "AES256" };
  if (query.has("encryption")) {
    return written({
      ServerSideEncryptionConfiguration: { Rule: { ApplyServerSideEncryptionByDefault } },
    });
  }
  // Without its namespace the client would take the empty element for no answer.
  if (query.has("location"))
    return `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>`;
  return written({ ListBucketResult: { IsTruncated: "false", KeyCount: "0" } });
}
