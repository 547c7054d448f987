import { fileOf, kindsUsed, listOf, pipText } from "./packages.ts";
import type { Packages } from "./schema.ts";
import { quoted, words, written } from "./shell.ts";
import { itemsOf, type PackageKind } from "./word.ts";

/** The lines of bash that install packages, in order, and leave with the code of the first that fails. No user text is in them but as a quoted word. */
export const installText = (packages: Packages): string =>
  kindsUsed(packages)
    .map((kind) => installers[kind](packages))
    .join("");

const installers: Record<PackageKind, (packages: Packages) => string> = {
  apt: (packages) => `${needs("apt-get")}CASSINI_ROOT=()
[ "$EUID" = 0 ] || CASSINI_ROOT=(sudo -n)
"\${CASSINI_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q || exit
"\${CASSINI_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends ${listed(packages, "apt")} || exit
`,
  conda: (packages) => `CASSINI_CONDA=
for CASSINI_TOOL in ${packages.conda?.use_mamba === true ? "mamba conda" : "conda"}; do
  [ -n "$CASSINI_CONDA" ] || CASSINI_CONDA=$(PATH="\${PATH:+$PATH:}\${CONDA_DIR:-/opt/saturncloud}/bin"; type -P "$CASSINI_TOOL")
done
[ -n "$CASSINI_CONDA" ] || { printf '%s\\n' ${lacks("conda")}; exit 127; }
CASSINI_PREFIX=()
[ -z "\${NB_PYTHON_PREFIX-}" ] || CASSINI_PREFIX=(--prefix "$NB_PYTHON_PREFIX")
${condaText(packages)}`,
  pip: (packages) => `${written("requirements.txt", pipText(packages))} || exit
if [ -n "\${CASSINI_PIP-}" ]; then
  CASSINI_TASK="$CASSINI_TASK" "$CASSINI_PIP" "$CASSINI_TASK/requirements.txt" || exit
else
  CASSINI_PYTHON=\${SATURN_USER_PYTHON:-\${SATURN_SYSTEM_PYTHON:-$(type -P python3 || type -P python)}}
  [ -n "$CASSINI_PYTHON" ] || { printf '%s\\n' ${lacks("Python")}; exit 127; }
  PIP_BREAK_SYSTEM_PACKAGES=1 "$CASSINI_PYTHON" -m pip install --no-input --disable-pip-version-check -r "$CASSINI_TASK/requirements.txt" || exit
fi
`,
  cran: (packages) =>
    rscript(
      `${mirror}${missing("install.packages(wanted, repos = if (nzchar(given)) given else mirror())")}`,
      [packages.cran?.repo ?? "", ...plain(packages, "cran")],
    ),
  bioconductor: (packages) =>
    rscript(
      `${mirror}${lacking("BiocManager")}${missing("BiocManager::install(wanted, ask = FALSE, update = FALSE)")}`,
      ["", ...plain(packages, "bioconductor")],
    ),
  remotes: (packages) =>
    rscript(
      `${mirror}${lacking("remotes")}getExportedValue("remotes", paste0("install_", given))(wanted, upgrade = "never")`,
      [packages.remotes?.remote ?? "github", ...plain(packages, "remotes")],
    ),
};

/** R code comes from here alone; what the user names is given to it as arguments: `given` the first one, `wanted` the others. */
const rscript = (code: string, args: readonly string[]): string =>
  `${needs("Rscript")}Rscript -e ${quoted(`${reading}${code}`)} ${words(args)} || exit\n`;

const reading = "args <- commandArgs(TRUE); given <- args[1]; wanted <- args[-1]; ";

/** The mirror that is named, else the image's own, else the one for everybody. */
const mirror = `mirror <- function() if (nzchar(Sys.getenv("CRAN"))) Sys.getenv("CRAN") else if ("@CRAN@" %in% getOption("repos")) "https://cloud.r-project.org" else getOption("repos"); `;

const lacking = (name: string): string =>
  `if (!requireNamespace("${name}", quietly = TRUE)) install.packages("${name}", repos = mirror()); `;

/** R only warns where a package could not be installed; this looks, and fails. */
const missing = (install: string): string =>
  `${install}; left <- setdiff(wanted, rownames(installed.packages())); if (length(left) > 0) stop("These packages were not installed: ", paste(left, collapse = " "), call. = FALSE)`;

function condaText(packages: Packages): string {
  const file = fileOf(packages, "conda");
  if (file === undefined)
    return `"$CASSINI_CONDA" install --yes --quiet "\${CASSINI_PREFIX[@]}" ${listed(packages, "conda")} || exit\n`;
  return `${written("environment.yml", file)} || exit
"$CASSINI_CONDA" env update --quiet "\${CASSINI_PREFIX[@]}" --file "$CASSINI_TASK/environment.yml" || exit\n`;
}

const plain = (packages: Packages, kind: PackageKind): string[] =>
  itemsOf(kind, listOf(packages, kind) ?? "").flat();
const listed = (packages: Packages, kind: PackageKind): string => words(plain(packages, kind));
const needs = (program: string): string =>
  `type -P ${program} >/dev/null || { printf '%s\\n' ${lacks(program)}; exit 127; }\n`;
const lacks = (program: string): string =>
  quoted(
    `This image has no ${program}, which these packages need. Choose an image that has it, or leave the packages out.`,
  );
