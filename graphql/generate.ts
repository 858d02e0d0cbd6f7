import "./environment.ts";
import pg from "pg";
import { pino } from "pino";
import { makeSchema } from "postgraphile";
import { lexicographicSortSchema, printSchema } from "postgraphile/graphql";
import { Sessions } from "./auth/sessions.ts";
import { ErrorMapper, ErrorRegistry } from "./errors.ts";
import { makeEars } from "./listen.ts";
import { Metrics } from "./metrics/metrics.ts";
import { Observer } from "./observer.ts";
import { makePreset } from "./preset.ts";

const header = `# Generated from the database by \`npm run generate\`; the truth is in db/.\n\n`;

/** The text of graphql/schema.graphql for a migrated database. */
export async function generateSchema(gatewayUrl: string): Promise<string> {
  const log = pino({ level: "silent" });
  const metrics = new Metrics("gateway");
  const pool = new pg.Pool({ connectionString: gatewayUrl, max: 2 });
  const ears = makeEars(gatewayUrl, log);
  try {
    const { schema } = await makeSchema(
      makePreset({
        pool,
        errors: new ErrorMapper(await ErrorRegistry.load(pool), log),
        notifier: { changed: () => undefined, stop: async () => undefined },
        refusals: { record: () => undefined, stop: async () => undefined },
        sessions: new Sessions(pool),
        ears,
        observer: new Observer({ log, metrics, known: new Set() }),
        reporter: { log, metrics },
        trustProxy: false,
      }),
    );
    return `${header}${printSchema(lexicographicSortSchema(schema))}\n`;
  } finally {
    await ears.stop();
    await pool.end();
  }
}
