import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Http } from "@cassini/core/http";
import { markup, type Html } from "./markup.ts";

const style = readFileSync(new URL("style.css", import.meta.url), "utf8");

/** The page's own style is let through by its hash; nothing else is loaded, run or framed. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Not a template: its hash is that of every byte between the tags. */
const styleTag: Html = { html: `<style>${style}</style>` };

const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": policy,
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const mark = markup`<svg
  viewBox="0 0 32 22"
  aria-hidden="true"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
>
  <circle cx="16" cy="11" r="6" fill="currentColor" stroke="none" />
  <ellipse cx="16" cy="11" rx="14" ry="4" transform="rotate(-18 16 11)" />
</svg>`;

interface Content {
  readonly who: string;
  readonly body: Html;
  /** Seconds after which the page is fetched again; never unless told. */
  readonly refresh?: number;
}

/** A whole page around its content. */
export function page(status: number, { who, body, refresh }: Content): Http.Response {
  const again =
    refresh === undefined ? markup`` : markup`<meta http-equiv="refresh" content="${refresh}" />`;
  const whole = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${again}
        <title>Cassini</title>
        <link rel="icon" href="data:," />
        ${styleTag}
      </head>
      <body>
        <main>
          <header>
            <h1>${mark}Cassini</h1>
            <span class="quiet">${who}</span>
          </header>
          ${body}
        </main>
      </body>
    </html> `;
  return { status, headers, body: whole.html };
}
