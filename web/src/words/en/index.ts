import common from "./common.json";
import components from "./components.json";
import errors from "./errors.json";
import shell from "./shell.json";
import signIn from "./sign-in.json";
import terms from "./terms.json";

export default { common, components, errors, shell, signIn, terms };
