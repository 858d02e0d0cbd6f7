import alerts from "./alerts.json";
import approvals from "./approvals.json";
import compliance from "./compliance.json";
import ctrCase from "./ctr-case.json";
import liability from "./liability.json";
import mtlEntry from "./mtl-entry.json";
import mtlLog from "./mtl-log.json";
import notes from "./notes.json";
import operations from "./operations.json";
import player from "./player.json";
import players from "./players.json";
import promotions from "./promotions.json";
import reports from "./reports.json";
import rules from "./rules.json";
import staffAdmin from "./staff-admin.json";
import statement from "./statement.json";
import verification from "./verification.json";

export { default as sentences } from "./sentences.json";

/** What the other screens say: loaded with the first of them. */
export default {
  players,
  staffAdmin,
  statement,
  player,
  mtlEntry,
  ctrCase,
  mtlLog,
  notes,
  compliance,
  reports,
  rules,
  promotions,
  liability,
  verification,
  approvals,
  alerts,
  operations,
};
