import { taskPath, type Python } from "./python.ts";

/**
 * The variables of the server that tasks are given, where they are set: language, where certificates lie, how the network and
 * packages are reached. Nothing else of the server's surroundings is theirs.
 */
const shared =
  /^(?:LANG|LC_[A-Z]+|TZ|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|GIT_SSL_CAINFO|AWS_CA_BUNDLE|PIP_[A-Z_]+|(?:HTTPS?|NO|ALL)_PROXY|(?:https?|no|all)_proxy)$/;

/** Pip's settings that are about where the server itself installs to, not about where packages come from. */
const notShared =
  /^PIP_(?:TARGET|PREFIX|ROOT|USER|REQUIRE_VIRTUALENV|CACHE_DIR|BUILD|SRC|LOG|REPORT)$/;

/** What every task on this host is given besides its own. */
export async function surroundings(
  before: readonly string[],
  bash: string,
  python: Python | undefined,
): Promise<Record<string, string>> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && shared.test(name) && !notShared.test(name)
      ? [[name, value] as const]
      : [],
  );
  return {
    LANG: "C.UTF-8",
    ...Object.fromEntries(kept),
    PATH: await taskPath(before, bash, python),
    SHELL: bash,
    USER: "jovyan",
    LOGNAME: "jovyan",
  };
}
