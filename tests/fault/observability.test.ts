import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parser } from "@prometheus-io/lezer-promql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../../bin/lib/home.ts";
import { complete, documents, enroll, nextSeat, playFor, redeem, reward } from "../api/support/floor.ts";
import { type House, newKey, openHouse, password } from "../api/support/house.ts";
import { Scrape } from "../api/support/scrape.ts";

const read = (file: string) => readFileSync(join(projectRoot, "docker/observability", file), "utf8");

interface Rules {
  groups: {
    rules: { alert: string; expr: string; for?: string; labels: object; annotations: { summary: string } }[];
  }[];
}
interface Dashboard {
  title: string;
  panels: { title: string; type: string; targets?: { expr: string; legendFormat: string }[] }[];
}

const rules = (parse(read("alerts.yml")) as Rules).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read("grafana/dashboards/loyalty-launch.json")) as Dashboard;
const queries: [string, string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [`alert ${alert}`, expr]),
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [`panel ${title}`, expr]),
  ),
];

/** What a query asks of a metric: its labels by name, with the value where it asks for one. */
interface Use {
  readonly metric: string;
  readonly labels: Map<string, string | undefined>;
}

/** The metrics that a query names, each with the labels that it selects or groups by; throws when it isn't PromQL. */
function usesOf(query: string): Use[] {
  const uses: (Use & { from: number })[] = [];
  const groupings: { labels: string[]; from: number; to: number }[] = [];
  const text = (node: { from: number; to: number }) => query.slice(node.from, node.to);
  parser.parse(query).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`${query} isn't PromQL at ${node.from}.`);
      if (node.name === "Identifier") uses.push({ metric: text(node), labels: new Map(), from: node.from });
      if (node.name === "UnquotedLabelMatcher") {
        const [, label = "", operator = "", value = ""] = /^(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/.exec(text(node)) ?? [];
        if (operator.endsWith("~")) new RegExp(value);
        uses.at(-1)?.labels.set(label, operator === "=" ? value : undefined);
      }
      if (node.name === "AggregateExpr") {
        const labels = node.node.getChild("AggregateModifier")?.getChild("GroupingLabels")?.getChildren("LabelName");
        groupings.push({ labels: (labels ?? []).map(text), from: node.from, to: node.to });
      }
    },
  });
  for (const { labels, from, to } of groupings) {
    for (const use of uses.filter((each) => each.from >= from && each.from <= to)) {
      for (const label of labels) if (!use.labels.has(label)) use.labels.set(label, undefined);
    }
  }
  return uses;
}

/** Prometheus adds these to whatever it scrapes. */
const ofPrometheus = new Set(["job", "instance"]);

function missing(query: string, series: Scrape["series"]): string[] {
  return usesOf(query).flatMap(({ metric, labels }) => {
    const named = series.filter(({ name }) => name === metric);
    if (named.length === 0) return [metric];
    return [...labels].flatMap(([label, value]) => {
      if (ofPrometheus.has(label)) return [];
      const has = named.some((each) => (value === undefined ? label in each.labels : each.labels[label] === value));
      return has ? [] : [`${metric}{${label}${value === undefined ? "" : `="${value}"`}}`];
    });
  });
}

describe("rules and dashboard", () => {
  let house: House;
  let series: Scrape["series"];

  beforeAll(async () => {
    house = await openHouse();
    const worker = await house.work({ metricsPort: 0 });
    await makeTraffic();
    await house.sql("select graphile_worker.add_job('ops/seal_ledger', '{}', max_attempts => 1)");
    await house.sql(`select graphile_worker.add_job('ops/queue_recurring_job', '{"task": "loyalty/renew_terms"}')`);
    const waiting = "select from graphile_worker.jobs where task_identifier <> 'ops/seal_ledger' and locked_at is null";
    while ((await house.sql(waiting)).length > 0) await new Promise((resolve) => setTimeout(resolve, 200));
    series = [...(await Scrape.of(house.url)).series, ...(await Scrape.of(worker)).series];
  });
  afterAll(() => house?.close());

  /** Each kind of traffic once. */
  async function makeTraffic(): Promise<void> {
    const boss = await house.as("pit_boss");
    const playerId = await enroll(boss);
    const idempotencyKey = newKey();
    await reward(boss, playerId, { idempotencyKey });
    await reward(boss, playerId, { idempotencyKey });
    await redeem(boss, playerId);
    await complete(boss, (await playFor(60, boss, await nextSeat(boss, house))).ratingSlipId);
    await boss.ask("{ nothing }");
    await fetch(house.url);
    const events = [{ key: "o1", at: new Date().toISOString(), type: "no_such_event" }];
    await (await house.sender()).ask(documents.ingestEvents, { input: { events } });
    await fetch(`${house.url}/auth/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ casino: "ONE", username: "marketing", password }),
    });
  }

  test.each(queries)("%s asks only for what is scraped", (_what, query) => {
    expect(missing(query, series)).toEqual([]);
  });

  test.each([
    ["a metric that isn't there", "sum(pitledger_nothing)"],
    ["a label that isn't there", "sum by (nothing) (pitledger_alerts_open)"],
    ["a value that isn't there", 'pitledger_jobs{state="nothing"}'],
  ])("would be found out with %s", (_what, query) => {
    expect(missing(query, series)).not.toEqual([]);
  });
});

describe("docker/observability", () => {
  test("its queries are PromQL, and one that isn't would be found out", () => {
    expect(queries.length).toBeGreaterThan(40);
    for (const [, query] of queries) expect(usesOf(query).length).toBeGreaterThan(0);
    expect(() => usesOf("sum(rate(pitledger_jobs[5m])) >")).toThrow("isn't PromQL");
  });

  test("watches for what somebody has to be told of, each rule with a sentence and how urgent it is", () => {
    expect(rules.map(({ alert }) => alert)).toEqual(
      expect.arrayContaining([
        "LoyaltyDrift",
        "ReconciliationLate",
        "AwardPending",
        "JobGivenUp",
        "JobFailing",
        "CtrOverdue",
        "CtrDueSoon",
        "ErrorRate",
        "SlowOperations",
        "PoolWaiting",
        "SealLate",
      ]),
    );
    for (const rule of rules) {
      expect(rule.labels, rule.alert).toMatchObject({ severity: expect.stringMatching(/^(page|ticket)$/) });
      expect(rule.annotations.summary, rule.alert).toMatch(/[.?]$/);
      if (rule.for !== undefined) expect(rule.for).toMatch(/^\d+[smh]$/);
      expect(
        Object.keys(rule).filter((key) => !["alert", "expr", "for", "labels", "annotations"].includes(key)),
      ).toEqual([]);
    }
  });

  test("the dashboard is the one of the launch, and Prometheus scrapes both ports with the token", () => {
    expect(dashboard.title).toBe("loyalty launch");
    const { scrape_configs } = parse(read("prometheus.yml"), { merge: true }) as {
      scrape_configs: { authorization: object; static_configs: { targets: string[] }[] }[];
    };
    expect(scrape_configs.flatMap(({ static_configs }) => static_configs.flatMap(({ targets }) => targets))).toEqual([
      "server:4000",
      "worker:4001",
    ]);
    for (const { authorization } of scrape_configs) {
      expect(authorization).toEqual({ credentials_file: "/tmp/metrics-token" });
    }
  });
});
