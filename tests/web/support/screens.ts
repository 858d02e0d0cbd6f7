import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { projectRoot } from "../../../bin/lib/home.ts";
import { casino, type Demo } from "./demo.ts";

/** A screen of the client, at the desk of somebody whose work it is. */
export interface Shown {
  readonly name: string;
  readonly route: string;
  /** Where it is in the demo; a route without parameters is its own address. */
  readonly address?: string;
  /** Nobody where one has to sign in first. */
  readonly who?: string;
  /** What is done before it is looked at. */
  readonly open?: (page: Page) => Promise<unknown>;
}

const people = {
  supervisor: "mreyes",
  cashier: "jpham",
  officer: "rbauer",
  marketing: "nsharma",
  auditor: "egrant",
  admin: "admin",
};

/** Every screen, and what opens beside or above one; in the order in which the docs show them. */
export async function screensOf(demo: Demo): Promise<Shown[]> {
  const { supervisor, cashier, officer, marketing, auditor, admin } = people;
  const one = async (query: string) => {
    const [row] = await demo.sql<{ id: string }>(query.replace("$casino", `'${casino}'`));
    if (!row) throw new Error(`The demo has nothing for: ${query}`);
    return row.id;
  };
  const of = "join identity.casino as c using (casino_id) where c.code = $casino";
  const slip = await one(
    `select rating_slip_id as id from floor.rating_slip as s ${of} and state = 'open' order by opened_at limit 1`,
  );
  const player = await one(
    `select l.player_id as id from loyalty.loyalty_ledger as l ${of} group by 1 order by count(*) desc, 1 limit 1`,
  );
  const entry = await one(
    `select entry_id as id from compliance.mtl_entry as e ${of} order by amount desc, entry_id limit 1`,
  );
  const found = await one(
    `select case_id as id from compliance.ctr_case as k ${of} and state = 'ready' order by case_id limit 1`,
  );
  const patron = await one(
    `select patron_id as id from compliance.patron_gaming_day as d ${of}
     order by gaming_day desc, cash_in desc limit 1`,
  );
  const draft = await one(`select loyalty_draft_id as id from loyalty.loyalty_draft as d ${of} limit 1`);
  const staff = await one(`select staff_id as id from identity.staff as p ${of} and username = 'jpham'`);

  return [
    { name: "sign-in", route: "/" },
    { name: "pit-board", route: "/board/*", address: "/board", who: supervisor },
    { name: "rating-slip", route: "/board/slips/:slipId", address: `/board/slips/${slip}`, who: supervisor },
    { name: "players", route: "/players", address: "/players?q=ad", who: supervisor },
    { name: "player", route: "/players/:playerId", address: `/players/${player}`, who: supervisor },
    {
      name: "statement",
      route: "/players/:playerId/statement",
      address: `/players/${player}/statement`,
      who: supervisor,
    },
    { name: "cash-entry", route: "/cash/new", who: cashier },
    { name: "cash-log", route: "/cash/log", who: officer },
    { name: "cash-log-entry", route: "/cash/log/:entryId", address: `/cash/log/${entry}`, who: officer },
    { name: "compliance", route: "/compliance", who: officer },
    {
      name: "patron-day",
      route: "/compliance/patrons/:patronId",
      address: `/compliance/patrons/${patron}`,
      who: officer,
    },
    { name: "ctr-case", route: "/compliance/cases/:caseId", address: `/compliance/cases/${found}`, who: officer },
    { name: "alerts", route: "/alerts", who: officer },
    { name: "approvals", route: "/approvals", who: marketing },
    { name: "promotions", route: "/promotions", who: marketing },
    { name: "rules", route: "/rules", who: marketing },
    { name: "new-draft", route: "/rules/new", who: marketing },
    { name: "draft", route: "/rules/drafts/:draftId", address: `/rules/drafts/${draft}`, who: marketing },
    { name: "liability", route: "/liability", who: marketing },
    { name: "reports", route: "/reports", who: marketing },
    { name: "operations", route: "/operations", who: auditor },
    { name: "audit-log", route: "/operations?view=audit", who: auditor },
    { name: "verification", route: "/verification", who: auditor },
    { name: "staff", route: "/staff", who: admin },
    { name: "staff-member", route: "/staff/:staffId", address: `/staff/${staff}`, who: admin },
    {
      name: "palette",
      route: "Control and K",
      address: "/board",
      who: supervisor,
      open: async (page) => {
        await page.keyboard.press("Control+K");
        await page.getByRole("dialog").getByRole("option").first().waitFor();
      },
    },
    { name: "not-found", route: "/nowhere", who: supervisor },
  ];
}

/** The routes of the client. */
export function routes(): string[] {
  const source = readFileSync(join(projectRoot, "web/src/screens/screens.ts"), "utf8");
  return [...source.matchAll(/^\s*(?:\{ )?path: "([^"]+)"/gm)].map(([, path = ""]) => path);
}
