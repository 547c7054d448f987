import type { Http } from "@cassini/core/http";
import type { Run } from "@cassini/core/run";
import { markup, type Html } from "./markup.ts";
import { page } from "./frame.ts";
import { runsSection } from "./runs-section.ts";

interface Home {
  readonly who: string;
  readonly runs: readonly Run.Info[];
  readonly now: number;
  readonly hints: Hints;
}

/** The page of somebody who is signed in: the newest runs, and how to make one. */
export function homePage({ who, runs, now, hints }: Home): Http.Response {
  const active = runs.some(({ ended_at }) => ended_at === undefined);
  const body = markup`${runsSection(runs, now)}${firstJob(hints)}${api}`;
  return page(200, { who: `signed in as ${who}`, body, ...(active && { refresh: 3 }) });
}

/** The page of somebody who is not signed in. */
export const strangerPage = (hints: Hints): Http.Response =>
  page(200, {
    who: "not signed in",
    body: markup`<section>
        <h2>Sign in</h2>
        <p>
          The server printed a link when it started: <code>ready http://…/signin?code=…</code>. Open
          it in this browser; it works once.
        </p>
        <p>Has it been used? This makes another one:</p>
        ${newLink(hints)}
      </section>
      ${api}`,
  });

/** The page of a link that no longer signs anybody in. */
export const spentPage = (hints: Hints): Http.Response =>
  page(410, {
    who: "not signed in",
    body: markup`<section>
      <h2>This link has been used, or is too old</h2>
      <p>A sign-in link works once, within ten minutes. This makes another one:</p>
      ${newLink(hints)}
    </section>`,
  });

/** The page of an address that leads nowhere. */
export const nothingPage = (): Http.Response =>
  page(404, {
    who: "",
    body: markup`<section>
      <h2>There is nothing here</h2>
      <p><a href="/">To the start</a></p>
    </section>`,
  });

/** The page of a bug, which the log tells more of. */
export const brokenPage = (requestId: string): Http.Response =>
  page(500, {
    who: "",
    body: markup`<section>
      <h2>Something on our side failed</h2>
      <p>The server's log has more at <code>${requestId}</code>.</p>
    </section>`,
  });

/** How this installation is reached from a terminal. */
export interface Hints {
  readonly baseUrl: string;
  readonly tokenFile: string;
}

const newLink = ({ baseUrl, tokenFile }: Hints): Html =>
  markup`<pre>
curl -X POST -H "Authorization: Bearer $(cat ${tokenFile})" ${baseUrl}/api/local/signin</pre>`;

const firstJob = ({ tokenFile }: Hints): Html =>
  markup`<section>
    <h2>Run a job</h2>
    <pre>
npm run cassini -- apply -f examples/hello.yaml
npm run cassini -- start hello --follow
npm run cassini -- runs hello</pre>
    <p class="quiet">
      In the folder that the server was started in. Vendor clients and curl sign in with the token
      in <code>${tokenFile}</code>.
    </p>
  </section>`;

const api = markup`<section>
  <h2>API</h2>
  <p>Every call is described in <a href="/api/openapi.json">/api/openapi.json</a>.</p>
</section>`;
