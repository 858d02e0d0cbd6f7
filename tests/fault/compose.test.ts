import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../../bin/lib/home.ts";
import { type RunningCluster, startCluster, withClient } from "../support/cluster.ts";
import { Command, freePort, temporaryFolder } from "../support/process.ts";

/** Just what these tests look at; the schema of the specification checks the rest. */
interface Compose {
  services: Record<
    string,
    {
      image?: string;
      command?: string[];
      entrypoint?: string[];
      build?: { context: string; dockerfile: string };
      environment?: Record<string, string>;
      env_file?: string[];
      volumes?: string[];
      depends_on?: Record<string, { condition: string }>;
      healthcheck?: { test: string[] };
      profiles?: string[];
    }
  >;
  volumes: Record<string, unknown>;
}

const read = (file: string) => readFileSync(join(projectRoot, file), "utf8");
const text = read("docker-compose.yml");
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);

describe("docker-compose.yml", () => {
  let validate: ValidateFunction;

  beforeAll(() => {
    // The copy of the Compose specification's schema that the linter dclint ships.
    const schema = JSON.parse(read("node_modules/dclint/schemas/compose.schema.json")) as Record<string, unknown>;
    const { $schema: _dialect, ...rules } = schema;
    validate = new Ajv({ strict: false, validateFormats: false }).compile(rules);
  });

  test("conforms to the Compose specification", () => {
    expect(validate(compose), JSON.stringify(validate.errors, null, 2)).toBe(true);
  });

  test.each([
    ["an unknown key", { services: { server: { image: "x", comand: ["server"] } } }],
    ["a wrong condition", { services: { server: { image: "x", depends_on: { database: { condition: "ready" } } } } }],
    ["a health check that is no test", { services: { server: { image: "x", healthcheck: { test: 5 } } } }],
  ])("would not conform with %s", (_what, broken) => {
    expect(validate(broken)).toBe(false);
  });

  test("has database, migrate, server, worker and the profile pgtap", () => {
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(["database", "migrate", "server", "worker"]));
    expect(compose.services.pgtap?.profiles).toEqual(["pgtap"]);
    for (const name of ["prometheus", "grafana"]) {
      expect(compose.services[name]?.profiles).toEqual(["observability"]);
      expect(compose.services[name]?.image).toMatch(/:v?\d+\.\d+\.\d+$/);
    }
  });

  test("checks the health of everything that keeps running, and starts in order", () => {
    for (const name of ["database", "server", "worker"]) expect(compose.services[name]?.healthcheck).toBeDefined();
    expect(compose.services.migrate?.depends_on).toEqual({ database: { condition: "service_healthy" } });
    for (const name of ["server", "worker"]) {
      expect(compose.services[name]?.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
    }
  });

  test("keeps data in named volumes, and every file that it names exists", () => {
    for (const [name, service] of services) {
      for (const volume of service.volumes ?? []) {
        const [source = ""] = volume.split(":");
        if (source.startsWith(".")) expect(existsSync(join(projectRoot, source)), `${name}: ${source}`).toBe(true);
        else expect(compose.volumes).toHaveProperty(source);
      }
      const { build } = service;
      if (build) expect(existsSync(join(projectRoot, build.context, build.dockerfile))).toBe(true);
    }
  });

  test("holds no secret; each service gets a generated file of its own", () => {
    expect(text).not.toMatch(/(PASSWORD|SECRET|_URL)\s*[:=]|postgres:\/\//);
    for (const [name, service] of services) {
      for (const key of Object.keys(service.environment ?? {})) expect(key, name).not.toMatch(/PASSWORD|URL|SECRET/);
      expect(service.env_file?.every((file) => file.startsWith("docker/secrets/"))).toBe(true);
    }
    expect(compose.services.server?.env_file).toEqual(["docker/secrets/server.env"]);
  });
});

describe("the services' commands", () => {
  let cluster: RunningCluster;
  let folder: string;

  beforeAll(async () => {
    folder = temporaryFolder();
    cluster = await startCluster(async () => undefined);
    mkdirSync(join(folder, "docker"));
    cpSync(join(projectRoot, "docker/make-secrets"), join(folder, "docker/make-secrets"));
    execFileSync(join(folder, "docker/make-secrets"));
  });

  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The environment that the service has in its container, on this machine's database. */
  function environmentOf(name: string): NodeJS.ProcessEnv {
    const service = compose.services[name];
    const lines = (service?.env_file ?? []).flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"));
    const secrets = Object.fromEntries(lines.filter(Boolean).map((line) => line.split(/=(.*)/s).slice(0, 2)));
    const here = new URL(cluster.ownerUrl);
    for (const [key, value] of Object.entries(secrets)) {
      if (!key.endsWith("_URL")) continue;
      const url = new URL(String(value));
      url.host = here.host;
      // The test's server has its own superuser's password.
      if (url.username === here.username) url.password = here.password;
      secrets[key] = url.href;
    }
    return { ...service?.environment, ...secrets, PITLEDGER_HOME: join(folder, name), PITLEDGER_LOG_LEVEL: "warn" };
  }

  const run = (name: string, more: NodeJS.ProcessEnv = {}) =>
    new Command(compose.services[name]?.command ?? [], { ...environmentOf(name), ...more });

  test("make-secrets writes private files, once, different each time", () => {
    const secrets = join(folder, "docker/secrets");
    for (const file of readdirSync(secrets)) expect(statSync(join(secrets, file)).mode & 0o077).toBe(0);
    expect(() => execFileSync(join(folder, "docker/make-secrets"), { stdio: "pipe" })).toThrow("exists already");
    expect(readFileSync(join(secrets, "server.env"), "utf8")).not.toContain("postgres://postgres:");
  });

  test.each(["migrate", "pgtap-migrate"])("%s brings the database up to date, again and again", async (name) => {
    for (const _time of [1, 2]) {
      const command = run(name);
      expect(await command.exited, command.output).toBe(0);
      expect(command.output).toContain("The database is up to date.");
    }
  });

  test("server serves with the gateway's connection alone, and its health check sees it", async () => {
    const port = await freePort();
    const server = run("server", { PORT: port, HOST: "127.0.0.1" });
    await server.says(/GraphQL and web on http:\/\/\S+/);
    const health = new Command(["health", "server"], { ...environmentOf("server"), PORT: port });
    expect(await health.exited, health.output).toBe(0);
    server.kill("SIGTERM");
    expect(await server.exited, server.output).toBe(0);
    const after = new Command(["health", "server"], { ...environmentOf("server"), PORT: port });
    expect(await after.exited).toBe(1);
  });

  test("worker works with its own connection alone, and its health check sees it", async () => {
    const own = {
      ...environmentOf("worker"),
      PITLEDGER_WORKER_METRICS_PORT: await freePort(),
      HOST: "127.0.0.1",
    };
    const worker = run("worker", own);
    await worker.says(/The worker waits for jobs/);
    const health = new Command(["health", "worker"], own);
    expect(await health.exited, health.output).toBe(0);
    worker.kill("SIGTERM");
    expect(await worker.exited, worker.output).toBe(0);
    const after = new Command(["health", "worker"], own);
    expect(await after.exited).toBe(1);
  });

  test("neither the server's nor the worker's login may do the other's work", async () => {
    const { GATEWAY_DATABASE_URL } = environmentOf("server");
    const seen = await withClient(GATEWAY_DATABASE_URL ?? "", (client) =>
      client.query<{ may: boolean }>("select has_schema_privilege('graphile_worker', 'usage') as may"),
    );
    expect(seen.rows[0]?.may).toBe(false);
  });
});
