import type { Run } from "@cassini/core/run";
import { markup, type Html } from "./markup.ts";

/** The newest runs as a table. */
export function runsSection(runs: readonly Run.Info[], now: number): Html {
  if (runs.length > 0) return table(runs.map((run) => row(run, now)));
  return markup`<section>
      <h2>Runs</h2>
      <p class="quiet">There are none yet.</p>
    </section>`;
}

const table = (rows: readonly Html[]): Html =>
  markup`<section>
    <h2>Newest runs</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Run</th>
            <th>State</th>
            <th>Exit</th>
            <th class="wide">Started by</th>
            <th>When</th>
            <th>Took</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;

const row = (run: Run.Info, now: number): Html =>
  markup` <tr>
    <td><code>${run.name}</code></td>
    <td class="${run.state}">${run.state}</td>
    <td>${run.exit_code ?? ""}</td>
    <td class="wide">${run.created_by}</td>
    <td>${ago(now - Date.parse(run.created_at))}</td>
    <td>${took(run, now)}</td>
  </tr>`;

function took({ started_at, ended_at }: Run.Info, now: number): string {
  if (started_at === undefined) return "";
  const end = ended_at === undefined ? now : Date.parse(ended_at);
  return span((end - Date.parse(started_at)) / 1000);
}

const ago = (milliseconds: number): string =>
  milliseconds < 60_000 ? "just now" : `${span(milliseconds / 1000)} ago`;

function span(seconds: number): string {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
