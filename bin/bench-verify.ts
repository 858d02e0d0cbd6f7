export { main } from "../tests/bench/verification.ts";
