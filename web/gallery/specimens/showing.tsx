import { TriangleAlert } from "lucide-react";
import { Cell, Column, Row as Line, Table, TableBody, TableHeader } from "react-aria-components";
import { Badge, CashBadge } from "../../src/components/badge.tsx";
import { chart } from "../../src/components/chart.tsx";
import { ChartCard } from "../../src/components/chart-card.tsx";
import { Tip } from "../../src/components/chart-parts.tsx";
import tableStyles from "../../src/components/data-table.module.css";
import { Fact, Facts } from "../../src/components/facts.tsx";
import { Pager } from "../../src/components/pager.tsx";
import { TierProgress, UsedUp } from "../../src/components/progress.tsx";
import { SlipTime } from "../../src/components/slip-time.tsx";
import { SimpleTable } from "../../src/components/table.tsx";
import { Tier } from "../../src/components/tier.tsx";
import { Row } from "../layout.tsx";
import type { Specimen } from "../specimen.ts";

const tones = ["neutral", "accent", "good", "warn", "bad"] as const;
const badges = ["over_floor", "watch", "near", "reportable"];
const tiers = ["BRONZE", "SILVER", "GOLD", "PLATINUM", "OBSIDIAN"];
const rows = [
  { tier: "Bronze", players: "48", points: "61,204" },
  { tier: "Gold", players: "9", points: "412,880" },
];
const table = (
  <SimpleTable
    label="Outstanding points"
    rows={rows}
    keyOf={({ tier }) => tier}
    columns={[
      { name: "Tier", of: ({ tier }) => tier },
      { name: "Players", right: true, of: ({ players }) => players },
      { name: "Points", right: true, of: ({ points }) => points },
    ]}
  />
);
const Bars = chart(async () => (await import("../bars.tsx")).Bars);

export const showing: readonly Specimen[] = [
  {
    name: "badge",
    exports: "Badge, CashBadge",
    use: "A state in a word or two; the tone never says it alone. CashBadge for what the database says of cash.",
    states: [
      {
        name: "Tones",
        look: (
          <Row>
            {tones.map((tone) => (
              <Badge key={tone} tone={tone}>
                {tone}
              </Badge>
            ))}
            <Badge tone="warn" strong icon={<TriangleAlert size={12} aria-hidden="true" />}>
              strong
            </Badge>
          </Row>
        ),
      },
      {
        name: "Of cash",
        look: (
          <Row>
            {badges.map((badge) => (
              <CashBadge key={badge} badge={badge} />
            ))}
          </Row>
        ),
      },
    ],
  },
  {
    name: "tier",
    exports: "Tier",
    use: "A tier by name; which there are is the property's to say.",
    states: [
      {
        name: "Those with a metal, and one without",
        look: (
          <Row>
            {tiers.map((tier) => (
              <Tier key={tier} tier={tier} />
            ))}
          </Row>
        ),
      },
    ],
  },
  {
    name: "facts",
    exports: "Facts, Fact",
    use: "A few figures or words with their names, side by side. Large for the two or three that a screen is about.",
    states: [
      {
        name: "Plain",
        look: (
          <Facts>
            <Fact label="Balance">12,480 points</Fact>
            <Fact label="Tier">
              <Tier tier="SILVER" />
            </Fact>
          </Facts>
        ),
      },
      {
        name: "Large",
        look: (
          <Facts large>
            <Fact label="Cash in">$14,750.00</Fact>
            <Fact label="Cash out">$3,200.00</Fact>
          </Facts>
        ),
      },
    ],
  },
  {
    name: "progress",
    exports: "TierProgress, UsedUp",
    use: "The way to the next tier, and how much of a budget is used; the figures are said beside the bar.",
    states: [
      { name: "Towards a tier", look: <TierProgress percent={16} next={{ tier: "GOLD", points: "3360" }} /> },
      { name: "At the highest", look: <TierProgress percent={100} next={null} /> },
      { name: "Of a budget", look: <UsedUp label="Budget" used="31000" of="50000" words="31,000 of 50,000 points" /> },
    ],
  },
  {
    name: "slip-time",
    exports: "SlipTime",
    use: "The time that counts for a slip; every one on the screen turns over together.",
    states: [
      {
        name: "Paused",
        look: <SlipTime slip={{ state: "paused", playedSeconds: "3725", lastEventAt: "2026-03-08T20:15:00Z" }} />,
      },
    ],
  },
  {
    name: "table",
    exports: "SimpleTable",
    use: "Figures to read. The first column names the row; what is wide gives way on a narrow screen.",
    states: [{ name: "Filled", look: table }],
  },
  {
    name: "data-table",
    exports: "data-table.module.css",
    use: "The look of a react-aria Table: records that are sorted, chosen and opened with arrows and Enter.",
    states: [{ name: "With a chosen row", look: <Records /> }],
  },
  {
    name: "pager",
    exports: "Pager",
    use: "Under a list that is longer than its page; nothing while it fits.",
    states: [
      { name: "On the first page", look: <Pager page={1} size={25} total={140} onPage={() => undefined} /> },
      { name: "Further on", look: <Pager page={3} size={25} total={140} onPage={() => undefined} />, alone: true },
    ],
  },
  {
    name: "chart-card",
    exports: "ChartCard",
    use: "A chart and its table, one press apart.",
    states: [
      { name: "The chart", look: <ChartCard title="Outstanding points" chart={<Bars />} table={table} /> },
      {
        name: "The table",
        look: <ChartCard title="Outstanding points" chart={<Bars />} table={table} />,
        alone: true,
        keys: "Tab ArrowRight Enter",
      },
    ],
  },
  {
    name: "chart",
    exports: "chart",
    use: "Loads a chart when it is first shown; charts are as large as the rest of the client.",
    states: [{ name: "Loaded", look: <Bars /> }],
  },
  {
    name: "chart-parts",
    exports: "named, measured, partColor, ChartLegend, Tip",
    use: "Axes, colours, legend and tip that all charts share.",
    states: [
      {
        name: "A tip",
        look: (
          <Tip
            title="Over 90 days"
            parts={[
              { name: "Bronze", value: "61,204", color: "var(--chart-1)" },
              { name: "Gold", value: "412,880", color: "var(--chart-3)" },
            ]}
          />
        ),
      },
    ],
  },
];

function Records() {
  return (
    <div className={tableStyles.scroll}>
      <Table
        className={tableStyles.table ?? ""}
        aria-label="Tiers"
        selectionMode="single"
        defaultSelectedKeys={["Gold"]}
        sortDescriptor={{ column: "players", direction: "descending" }}
      >
        <TableHeader>
          <Column isRowHeader>Tier</Column>
          <Column id="players" allowsSorting className={tableStyles.right ?? ""}>
            Players
          </Column>
        </TableHeader>
        <TableBody>
          {rows.map(({ tier, players }) => (
            <Line key={tier} id={tier} className={tableStyles.row ?? ""}>
              <Cell>{tier}</Cell>
              <Cell className={tableStyles.right ?? ""}>{players}</Cell>
            </Line>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
