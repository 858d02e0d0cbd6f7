import { consoleLogFactory, Logger, runMigrations } from "graphile-worker";
import pg from "pg";

/**
 * Installs or updates graphile-worker's schema so that it belongs to `pit_worker`. It comes before
 * our own migrations, whose functions queue jobs. Making a schema needs CREATE on the database,
 * which the role has only for that moment.
 */
export async function installWorkerSchema(owner: pg.Client, ownerUrl: string): Promise<void> {
  const { rows } = await owner.query<{ name: string; exists: boolean }>(
    "select current_database() as name, to_regclass('graphile_worker.migrations') is not null as exists",
  );
  const { name, exists } = rows[0] ?? { name: "", exists: false };
  const database = pg.escapeIdentifier(name);
  if (!exists) await owner.query(`grant create on database ${database} to pit_worker`);
  const pool = new pg.Pool({ connectionString: ownerUrl, options: "-c role=pit_worker", max: 1 });
  // Failures reach us as rejected queries; without these graphile-worker warns about the pool.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    const quiet = new Logger((scope) => {
      const log = consoleLogFactory(scope);
      return (level, message, meta) => {
        if (level === "error" || level === "warning") log(level, message, meta);
      };
    });
    await runMigrations({ pgPool: pool, logger: quiet });
  } finally {
    await pool.end();
    if (!exists) await owner.query(`revoke create on database ${database} from pit_worker`);
  }
}
