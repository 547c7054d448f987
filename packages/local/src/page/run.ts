import type { Http } from "@cassini/core/http";
import type { Log } from "@cassini/core/log";
import type { Run } from "@cassini/core/run";
import { page } from "./frame.ts";
import { markup, type Html } from "./markup.ts";
import { span, took } from "./time.ts";

interface Shown {
  readonly who: string;
  readonly detail: Run.Detail;
  readonly entries: readonly Log.Entry[];
  /** Where the log goes on, if it is too long for one page. */
  readonly more?: string | undefined;
  readonly now: number;
}

/** The page of one run: how it goes, its steps and its log; it follows a run that goes on. */
export function runPage({ who, detail, entries, more, now }: Shown): Http.Response {
  const { run, attempt } = detail;
  const body = markup`<section>
      <h2><code>${run.name}</code></h2>
      <p><span class="${run.state}">${run.state}</span>${exit(run)}, ${took(run, now) || "not begun"}</p>
      ${reason(run)}
    </section>
    ${stepsSection(attempt, now)} ${logSection(entries)} ${further(run, more)}
    <p><a href="/">All runs</a></p>`;
  return page(200, {
    who: `signed in as ${who}`,
    body,
    ...(run.ended_at === undefined && { refresh: 2 }),
  });
}

const exit = ({ exit_code }: Run.Info): string =>
  exit_code === undefined ? "" : ` with code ${exit_code}`;

const reason = ({ reason: why }: Run.Info): Html =>
  why ? markup`<p>${why.sentence}</p>` : markup``;

function stepsSection({ steps }: Run.Attempt, now: number): Html {
  if (steps.length === 0) return markup``;
  return markup`<section>
    <h2>Steps</h2>
    <table>
      <tbody>
        ${steps.map((step) => stepRow(step, now))}
      </tbody>
    </table>
  </section>`;
}

const stepRow = ({ name, state, started_at, ended_at }: Run.Step, now: number): Html => markup`<tr>
    <td>${name}</td>
    <td class="${state}">${state}</td>
    <td>${span(((ended_at === undefined ? now : Date.parse(ended_at)) - Date.parse(started_at)) / 1000)}</td>
  </tr>`;

function logSection(entries: readonly Log.Entry[]): Html {
  if (entries.length === 0)
    return markup`<section><h2>Log</h2><p class="quiet">Nothing yet.</p></section>`;
  // A line feed right after the tag is dropped by browsers; one of the text's own must not be.
  return markup`<section>
    <h2>Log</h2>
    ${entries.map(({ step, text }) => markup`<h3>${step}</h3><pre>${"\n"}${text}</pre>`)}
  </section>`;
}

const further = ({ id }: Run.Info, more: string | undefined): Html =>
  more === undefined
    ? markup``
    : markup`<p><a href="/runs/${id}?cursor=${more}">The log goes on</a></p>`;
