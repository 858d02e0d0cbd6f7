import type {} from "postgraphile";

/**
 * Arguments that may be null although they have no default: of a few, one is given or another. An
 * argument without a default is required otherwise, and SQL allows defaults at the end only.
 */
const alternatives: Readonly<Record<string, readonly string[]>> = {
  record_mtl_entry: ["patron_id", "player_id"],
  leaves_table: ["patron_id", "player_id"],
  describe_patron: ["description", "known_name", "sex", "apparent_age", "height", "build", "hair", "clothing", "seat"],
};

export const AlternativesPlugin: GraphileConfig.Plugin = {
  name: "PitLedgerAlternativesPlugin",
  version: "1.0.0",
  gather: {
    hooks: {
      pgProcedures_PgResourceOptions(_info, { pgProc, resourceOptions }) {
        for (const parameter of resourceOptions.parameters ?? []) {
          if (alternatives[pgProc.proname]?.includes(parameter.name ?? "")) parameter.notNull = false;
        }
      },
    },
  },
};
