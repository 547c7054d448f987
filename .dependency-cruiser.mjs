import { Visitor } from "@swc/core/Visitor.js";

/**
 * Who may import whom. Each rule's name is the sentence that it enforces; scripts/architecture.test.ts plants a
 * violation of every one of them.
 */

// swc reads `using`, but its walker does not know it: to the walker it is a declaration like any other.
const visitStatement = Visitor.prototype.visitStatement;
Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== "UsingDeclaration") return visitStatement.call(this, statement);
  // oxlint-disable-next-line typescript/no-unsafe-argument -- swc's types do not know the statement either
  this.visitVariableDeclarators(statement.decls);
  return statement;
};

const tests = ["[.]test[.]ts$", "/(testing|e2e)/"];
const nodeModules = "(^|/)node_modules/";

/**
 * What a part of the tree may import of ours; its own files always.
 * @param {string} name
 * @param {string} from
 * @param {readonly string[]} mayImport
 */
const edges = (name, from, mayImport) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: tests },
  to: {
    path: "^(packages|stacks|scripts|bench)/",
    pathNot: [from.replace("src/", ""), ...mayImport],
  },
});

const core = "^packages/core/src/";
const doors = "([^/]+/(index|schema|store)|launch/compute|run/workflow)";

export default {
  forbidden: [
    {
      name: "core-takes-nothing-but-zod",
      severity: "error",
      from: { path: core, pathNot: tests },
      to: { pathNot: [core, "(^|/)node_modules/zod/"] },
    },
    edges("dynamo-imports-core-alone", "^packages/dynamo/", [core]),
    edges("agent-imports-core-alone", "^packages/agent/", [core]),
    edges("proxy-imports-core-alone", "^packages/proxy/", [core]),
    edges("functions-import-core-and-dynamo", "^packages/functions/", [core, "^packages/dynamo/"]),
    edges("local-imports-core-dynamo-agent-and-proxy", "^packages/local/", [
      core,
      "^packages/(dynamo|agent|proxy)/",
    ]),
    edges("cli-imports-the-client-alone", "^packages/cli/src/", [
      "^packages/core/src/client/index[.]ts$",
    ]),
    edges("console-imports-the-client-alone", "^packages/console/", [
      "^packages/core/src/client/index[.]ts$",
    ]),
    edges("stacks-read-the-table-of-contents-alone", "^(stacks/|sst[.]config[.]ts$)", [
      "^packages/core/src/app[.]ts$",
    ]),
    {
      name: "enter-a-package-by-its-name",
      comment: "A package's exports are its doors; a path that climbs out of one goes round them.",
      severity: "error",
      from: { path: "^(packages/[^/]+|stacks|bench)/" },
      to: { path: "^packages/", pathNot: "^$1/", dependencyTypesNot: ["aliased-workspace"] },
    },
    {
      name: "enter-a-module-by-its-door",
      comment: "Across the folders of core: index, schema, and the files that hold a port.",
      severity: "error",
      from: { path: "^packages/core/src/([^/]+)(/|$)" },
      to: {
        path: "^packages/core/src/[^/]+/",
        pathNot: ["^packages/core/src/$1/", `^packages/core/src/${doors}[.]ts$`],
      },
    },
    {
      name: "testing-stays-in-tests",
      severity: "error",
      from: { path: "^(packages|stacks)/", pathNot: tests },
      to: {
        path: ["/(testing|e2e)/", "^scripts/vitest/", "(^|/)node_modules/(vitest|fast-check)/"],
      },
    },
    {
      name: "scripts-serve-no-one-but-tests",
      severity: "error",
      from: { path: "^(packages|stacks)/", pathNot: ["^packages/cli/cassini[.]mjs$"] },
      to: { path: "^(scripts|bench)/", pathNot: ["^scripts/vitest/"] },
    },
    {
      name: "features-know-nothing-of-each-other",
      severity: "error",
      from: { path: "^packages/console/src/features/([^/]+)/" },
      to: {
        path: "^packages/console/src/features/",
        pathNot: "^packages/console/src/features/$1/",
      },
    },
    {
      name: "ui-knows-nothing-of-the-domain",
      severity: "error",
      from: { path: "^packages/console/src/ui/", pathNot: tests },
      to: { path: "^packages/", pathNot: "^packages/console/src/ui/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "every-import-resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    // Without a TypeScript that has a JavaScript API, any other parser reads no module at all and is content.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: nodeModules },
    exclude: { path: "^bench/peers/" },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types", "default"],
      extensions: [".ts", ".mjs", ".js", ".d.ts"],
    },
  },
};
