export { main } from "../tests/bench/web/bench.ts";
