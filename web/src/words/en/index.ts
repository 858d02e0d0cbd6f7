import alerts from "./alerts.json";
import approvals from "./approvals.json";
import common from "./common.json";
import compliance from "./compliance.json";
import components from "./components.json";
import ctrCase from "./ctr-case.json";
import errors from "./errors.json";
import liability from "./liability.json";
import mtlEntry from "./mtl-entry.json";
import mtlLog from "./mtl-log.json";
import operations from "./operations.json";
import pitBoard from "./pit-board.json";
import player from "./player.json";
import players from "./players.json";
import promotions from "./promotions.json";
import reports from "./reports.json";
import reward from "./reward.json";
import rules from "./rules.json";
import shell from "./shell.json";
import signIn from "./sign-in.json";
import slipDrawer from "./slip-drawer.json";
import staffAdmin from "./staff-admin.json";
import statement from "./statement.json";
import terms from "./terms.json";
import verification from "./verification.json";

export default {
  common,
  components,
  errors,
  shell,
  signIn,
  terms,
  pitBoard,
  slipDrawer,
  reward,
  players,
  staffAdmin,
  statement,
  player,
  mtlEntry,
  ctrCase,
  mtlLog,
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
