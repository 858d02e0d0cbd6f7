export { main } from "../tests/bench/reconciliation.ts";
