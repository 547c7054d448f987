import { Launch } from "@cassini/core/launch";
import { describe, expect, it } from "vitest";
import { Image } from "./testing/image.ts";

describe("what a step sees", () => {
  it("is the working directory, for the start script and the command", () => {
    const image = new Image();
    image.run({ start_script: "echo $PWD; echo made >file", command: 'echo "$PWD $(<file)"' });
    expect(image.log("start-script")).toBe(`${image.at("work")}\n`);
    expect(image.log("command")).toBe(`${image.at("work")} made\n`);
  });

  it("is not what the start script exported", () => {
    const image = new Image();
    const said = { start_script: "export MODE=fast", command: "echo ${MODE-unset}" };
    expect(image.run(said)).toBe(0);
    expect(image.log("command")).toBe("unset\n");
  });

  it("is nothing that the platform and its script have between them", () => {
    const image = new Image();
    const names = "compgen -e CASSINI_ || echo none";
    image.run({ start_script: names, command: names }, { CASSINI_PIP: "/x" });
    expect([image.log("start-script"), image.log("command")]).toEqual(["none\n", "none\n"]);
  });

  it("is the Python environment that the host made for the packages", () => {
    const image = new Image();
    const overlay = image.at("overlay");
    const made = `printf '%s\\n' '${overlay}' >"$CASSINI_TASK/overlay"; echo "$(<"$1")"`;
    const host = { CASSINI_PIP: image.program("pip-for-us", made), PYTHONHOME: "/x" };
    const shows = 'echo "$VIRTUAL_ENV ${PATH%%:*} ${PYTHONHOME-none}"';
    image.run({ packages: { pip: "numpy dask" }, start_script: shows, command: shows }, host);
    expect(image.log("packages")).toBe("numpy\ndask\n");
    expect(image.log("start-script")).toBe(`${overlay} ${overlay}/bin none\n`);
    expect(image.log("command")).toBe(`${overlay} ${overlay}/bin none\n`);
  });

  it("is what the host wrote down as the environment", () => {
    const image = new Image();
    const environment = { MODE: "it's $(id) fast", CASSINI_WORKING_DIRECTORY: "/" };
    image.write("task/environment", Launch.environmentText(environment));
    image.run({ command: 'echo "$MODE $PWD"' });
    expect(image.log("command")).toBe("it's $(id) fast /\n");
  });

  it.each([
    ["EPOCHREALTIME", "junk"],
    ["FUNCNEST", "1"],
    ["IFS", "/"],
    ["POSIXLY_CORRECT", "1"],
    ["GLOBIGNORE", "*"],
    ["SHELLOPTS", "noexec"],
    ["BASHOPTS", "execfail"],
    ["BASH", "/x"],
    ["CDPATH", "/"],
    ["TMOUT", "1"],
    ["BASH_COMPAT", "3.1"],
  ])("may hold %s, which means something to bash, without harm to the script", (name, value) => {
    const image = new Image();
    expect(image.run({ start_script: "true" }, { [name]: value })).toBe(0);
    expect(image.steps()).toEqual(["start-script", "start-script=0", "command"]);
  });
});

describe("installing packages", () => {
  it("goes through the system's libraries, conda, pip and R, each word as it was written", () => {
    const image = new Image();
    for (const name of ["apt-get", "mamba", "conda", "python3", "Rscript"]) image.noted(name);
    image.program("sudo", 'shift; exec "$@"');
    image.program("env", 'export "$1"; shift; exec "$@"');
    const packages = {
      apt: "git vim=2:9.0",
      conda: { install: "-c conda-forge 'numpy>=1.1,<2'", use_mamba: true },
      pip: "pandas>=2.1",
      cran: { install: "dplyr", repo: "https://example.com/cran" },
      bioconductor: "limma",
      remotes: { install: "group/tool@v1", remote: "gitlab" },
    };
    expect(image.run({ packages })).toBe(0);
    const given = image.notes().filter((note) => !note.startsWith("args <- "));
    const apt = "apt-get update -q apt-get install -q -y --no-install-recommends git vim=2:9.0";
    const conda = "mamba install --yes --quiet -c conda-forge numpy>=1.1,<2";
    const pip = "python3 -m pip install --no-input --disable-pip-version-check -r";
    const r = "Rscript -e https://example.com/cran dplyr Rscript -e  limma Rscript -e gitlab";
    const file = image.at("task/requirements.txt");
    expect(given.join(" ")).toBe(`${apt} ${conda} ${pip} ${file} ${r} group/tool@v1`);
    expect(image.read("task/requirements.txt").trim()).toBe("pandas>=2.1");
  });

  it("takes the conda of the image's own folder, and its environment, where the image names them", () => {
    const image = new Image();
    image.noted("conda", "conda/bin");
    const named = { CONDA_DIR: image.at("conda"), NB_PYTHON_PREFIX: "/opt/envs/saturn" };
    const conda = { environment_yml: "dependencies: [numpy]", use_mamba: true };
    expect(image.run({ packages: { conda } }, named)).toBe(0);
    const update = "conda env update --quiet --prefix /opt/envs/saturn --file";
    expect(image.notes().join(" ")).toBe(`${update} ${image.at("task/environment.yml")}`);
    expect(image.read("task/environment.yml").trim()).toBe("dependencies: [numpy]");
  });

  it.each([
    [{ SATURN_USER_PYTHON: "mine", SATURN_SYSTEM_PYTHON: "its" }, "mine"],
    [{ SATURN_SYSTEM_PYTHON: "its" }, "its"],
    [{}, "python3"],
  ])("uses the Python that %o names", (variables, name) => {
    const image = new Image();
    for (const each of ["mine", "its", "python", "python3"]) image.noted(each);
    image.run({ packages: { pip: "numpy" } }, variables);
    expect(image.notes()[0]).toBe(name);
  });
});
