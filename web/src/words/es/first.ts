import type en from "../en/first.ts";
import common from "./common.json";
import components from "./components.json";
import errors from "./errors.json";
import pitBoard from "./pit-board.json";
import refusals from "./refusals.json";
import reward from "./reward.json";
import sentences from "./sentences.json";
import shell from "./shell.json";
import signIn from "./sign-in.json";
import slipDrawer from "./slip-drawer.json";
import terms from "./terms.json";

const words: typeof en = {
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

export default { words, said: { refusals, sentences } };
