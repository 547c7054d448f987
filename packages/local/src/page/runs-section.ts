import type { Run } from "@cassini/core/run";
import { markup, type Html } from "./markup.ts";
import { ago, took } from "./time.ts";

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
            <th class="wide">When</th>
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
    <td><a href="/runs/${run.id}"><code>${run.name}</code></a></td>
    <td class="${run.state}">${run.state}</td>
    <td>${run.exit_code ?? ""}</td>
    <td class="wide">${run.created_by}</td>
    <td class="wide">${ago(now - Date.parse(run.created_at))}</td>
    <td>${took(run, now)}</td>
  </tr>`;
