import common from "./common.json";
import components from "./components.json";
import errors from "./errors.json";
import pitBoard from "./pit-board.json";
import reward from "./reward.json";
import shell from "./shell.json";
import signIn from "./sign-in.json";
import slipDrawer from "./slip-drawer.json";
import terms from "./terms.json";

/** What signing in and the pit board say: loaded with the client. */
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
};
