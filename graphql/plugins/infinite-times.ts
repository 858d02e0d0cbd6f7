import { TYPES } from "postgraphile/@dataplan/pg";
import { sql } from "postgraphile/pg-sql2";

/**
 * The first version of a policy, of tiers and of game settings is in force from -infinity, which
 * to_char, and so PostGraphile, turns into null: in columns that are never null, and in keys,
 * global ids and cursors, which then lead nowhere. It is sent as PostgreSQL writes it instead.
 * (A codec can't be replaced by a plugin: @dataplan/pg hands this object out itself.)
 */
export function keepInfiniteTimes(): void {
  const codec: { castFromPg?: typeof TYPES.timestamptz.castFromPg } = TYPES.timestamptz;
  const finite = codec.castFromPg;
  if (!finite) throw new Error("The codec of timestamptz has no castFromPg to extend.");
  codec.castFromPg = (time, isNotNull) =>
    sql`(case when isfinite(${time}) then ${finite(time, isNotNull)} else (${time})::text end)`;
}
