import common from "./common.json";
import components from "./components.json";
import errors from "./errors.json";
import pitBoard from "./pit-board.json";
import player from "./player.json";
import players from "./players.json";
import reports from "./reports.json";
import reward from "./reward.json";
import shell from "./shell.json";
import signIn from "./sign-in.json";
import slipDrawer from "./slip-drawer.json";
import staffAdmin from "./staff-admin.json";
import statement from "./statement.json";
import terms from "./terms.json";

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
  reports,
};
