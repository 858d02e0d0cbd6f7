import type { Catalogue } from "../catalogue.ts";
import type { Refusals } from "../refusal.ts";
import common from "./common.json";
import components from "./components.json";
import errors from "./errors.json";
import particulars from "./particulars.json";
import byCode from "./refusals.json";
import shell from "./shell.json";
import signIn from "./sign-in.json";
import terms from "./terms.json";

const words: Catalogue = { common, components, errors, shell, signIn, terms };

const refusals: Refusals = { byCode, particulars };

export default { words, refusals };
