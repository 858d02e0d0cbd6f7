export { main } from "../tests/bench/bench.ts";
