import type pg from "pg";
import type { CashHistory } from "./cash.ts";
import type { Player } from "./players.ts";
import type { DemoProperty } from "./properties.ts";
import { inSession } from "./session.ts";

type State = "open" | "ready" | "filed" | "acknowledged";

interface Case {
  readonly case_id: string;
  readonly patron_id: string;
  readonly state: State;
}

/**
 * What the property's compliance officer has done about the cases: one acknowledged, two filed, one
 * ready, the others still open. A demo that was interrupted is taken up where each case stands.
 */
export async function workOnCases(
  owner: pg.Client,
  client: pg.Client,
  demo: DemoProperty,
  { cast, day }: CashHistory,
): Promise<void> {
  const officer = demo.staff.find(({ role }) => role === "compliance_officer");
  if (!officer) return;
  await inSession(owner, client, demo, officer.username, async () => {
    await bring(client, demo, cast.acknowledged, day(9), "acknowledged", 1);
    await bring(client, demo, cast.amended, day(8), "filed", 2);
    await bring(client, demo, cast.filed, day(7), "filed", 3);
    await bring(client, demo, cast.ready, day(6), "ready", 4);
  });
}

/** And afterwards: the alerts, one of them looked at; notes; the days that nothing blocks. */
export async function reviewDays(
  owner: pg.Client,
  client: pg.Client,
  demo: DemoProperty,
  { cast, day }: CashHistory,
): Promise<void> {
  const officer = demo.staff.find(({ role }) => role === "compliance_officer");
  if (!officer) return;
  await inSession(owner, client, demo, officer.username, async () => {
    for (let ago = 9; ago >= 0; ago--) await client.query("select compliance.evaluate_alerts($1)", [day(ago)]);
    await client.query(
      `select compliance.resolve_alert(a.alert_id, 'Pays the marker of a tournament week; source of funds on file.')
       from compliance.compliance_alert as a
       where a.rule = 'marker_paydown' and a.resolved_at is null`,
    );
    const { case_id } = await caseOf(client, cast.ready, day(6));
    await client.query("select compliance.add_audit_note(case_id => $1, note => $2, idempotency_key => $3)", [
      case_id,
      "Exchange was hundreds for twenties; the cage has the bundle slip.",
      "demo-note-1",
    ]);
    for (const ago of [9, 8]) {
      await client.query(
        `select compliance.sign_off_gaming_day($1, 'Reviewed against the cage''s count.')
         where not exists (select from compliance.gaming_day_sign_off as s where s.gaming_day = $1)`,
        [day(ago)],
      );
    }
  });
}

/** What the window and the pit have written down just now, in people's own sessions. */
export async function recordPresentCash(
  owner: pg.Client,
  client: pg.Client,
  demo: DemoProperty,
  prefix: string,
): Promise<void> {
  const { rows: players } = await owner.query<{ player_id: string; table_id: string }>(
    `select s.player_id, s.table_id
     from floor.rating_slip as s join identity.casino as c using (casino_id)
     where c.code = $1 and s.state <> 'closed'
     order by s.current_bet desc, s.opened_at
     limit $2`,
    [demo.property.code, presentCash.length],
  );
  for (const [at, { role, direction, kind, area, amount, note }] of presentCash.entries()) {
    const player = players[at];
    const person = demo.staff.find((each) => each.role === role);
    const key = `${prefix}-${at + 1}`;
    if (!player || !person || (await isKnown(owner, demo, key))) continue;
    await inSession(owner, client, demo, person.username, () =>
      client.query(
        `select compliance.record_mtl_entry(
           patron_id => null, player_id => $1, direction => $2, kind => $3, area => $4, tender => 'currency', amount => $5,
           idempotency_key => $6, table_id => $7, note => $8, confirm_duplicate => true
         )`,
        [player.player_id, direction, kind, area, amount, key, area === "pit" ? player.table_id : null, note],
      ),
    );
  }
}

const presentCash = [
  { role: "pit_boss", direction: "in", kind: "chip_purchase", area: "pit", amount: "4500.00", note: null },
  { role: "floor_supervisor", direction: "in", kind: "chip_purchase", area: "pit", amount: "9400.00", note: null },
  { role: "cashier", direction: "out", kind: "chip_redemption", area: "cage", amount: "3200.00", note: null },
  {
    role: "cashier",
    direction: "in",
    kind: "other_in",
    area: "cage",
    amount: "850.00",
    note: "Deposit for a tournament",
  },
];

/** Takes a case through its states as far as it should be. */
async function bring(
  client: pg.Client,
  { property }: DemoProperty,
  player: Player,
  day: string,
  goal: State,
  number: number,
): Promise<void> {
  const { case_id, patron_id, state } = await caseOf(client, player, day);
  const steps = ["open", "ready", "filed", "acknowledged"] as const;
  for (const step of steps.slice(steps.indexOf(state) + 1, steps.indexOf(goal) + 1)) {
    if (step === "ready") {
      await client.query(
        `select compliance.save_identification(
           $1, $2, last_name => $3, first_name => $4, birth_date => $5, occupation => $6, street => $7,
           city => 'Henderson', state => 'NV', postal_code => '89002', country => 'US',
           taxpayer_kind => 'ssn', taxpayer_number => $8, id_type => 'drivers_license', id_number => $9,
           id_state => 'NV', id_country => 'US'
         )`,
        [
          patron_id,
          `demo-identification-${number}`,
          player.lastName,
          player.firstName,
          player.birthDate,
          occupations[number - 1],
          `${110 * number} Juniper Lane`,
          // Numbers that begin with 9 were never given out.
          `90${number}-45-118${number}`,
          `NV-440${number}719`,
        ],
      );
      await client.query("select compliance.prepare_ctr($1)", [case_id]);
    } else if (step === "filed") {
      await client.query("select compliance.file_ctr($1)", [case_id]);
    } else {
      await client.query("select compliance.acknowledge_ctr($1, $2)", [case_id, bsaId(property.code)]);
    }
  }
}

const occupations = ["Restaurant owner", "Dentist", "Film editor", "Contractor"];

/** 14 digits, another at each property. */
function bsaId(code: string): string {
  return `310000${[...code].map((letter) => letter.charCodeAt(0)).join("")}`.padEnd(14, "7").slice(0, 14);
}

async function caseOf(client: pg.Client, player: Player, day: string): Promise<Case> {
  const { rows } = await client.query<Case>(
    `select s.case_id, s.patron_id, s.state
     from compliance.ctr_case_summary as s
     where s.card_no = $1 and s.gaming_day = $2 and s.state <> 'merged'`,
    [player.card, day],
  );
  if (!rows[0]) throw new Error(`The demo's player ${player.card} has no case on ${day}.`);
  return rows[0];
}

/** Whether the entry was recorded before. */
async function isKnown(owner: pg.Client, { property }: DemoProperty, key: string): Promise<boolean> {
  const { rowCount } = await owner.query(
    `select from compliance.mtl_command as m join identity.casino as c using (casino_id)
     where c.code = $1 and m.idempotency_key = $2`,
    [property.code, key],
  );
  return rowCount === 1;
}
