import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** A request as the engine gets it. */
export interface Request {
  readonly operation: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- DynamoDB's JSON, of which each test looks at its own corner
  readonly body: any;
}

/** What an engine answers: a body, an error of DynamoDB's, or nothing, as when it dies. */
export type Answer =
  | "nothing"
  | { readonly body: object }
  | { readonly error: string; readonly reasons?: readonly string[]; readonly status?: number };

/** Answers by what was asked, and by what was asked before. */
export type Answers = readonly (Answer | ((requests: readonly Request[]) => Answer))[];

export interface Played {
  readonly endpoint: string;
  readonly requests: readonly Request[];
  close(): void;
}

/** An engine that gives these answers, one to each request, and says to all that follow that they are done. */
export async function engineThat(...answers: Answers): Promise<Played> {
  const requests: Request[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const next = answers[requests.length] ?? { body: {} };
    const operation = String(request.headers["x-amz-target"]).replace(/^.*\./, "");
    requests.push({ operation, body: JSON.parse(await text(request)) });
    say(response, typeof next === "function" ? next(requests) : next);
  };
  const server = createServer((request, response) => void answer(request, response)).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { endpoint: `http://127.0.0.1:${port}`, requests, close: () => server.close() };
}

function say(response: ServerResponse, answer: Answer): void {
  if (answer === "nothing") return void response.destroy();
  const status = "error" in answer ? (answer.status ?? 400) : 200;
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
  response.end(JSON.stringify("error" in answer ? troubled(answer) : answer.body));
}

const troubled = ({
  error,
  reasons,
}: {
  readonly error: string;
  readonly reasons?: readonly string[];
}) => ({
  __type: `com.amazonaws.dynamodb.v20120810#${error}`,
  message: "as the test wants it",
  ...(reasons && { CancellationReasons: reasons.map((Code) => ({ Code })) }),
});
