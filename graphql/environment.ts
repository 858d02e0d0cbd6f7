// Imported before anything of PostGraphile: it reads GRAPHILE_ENV once, when it is loaded.
// Production is the default; development (GraphiQL, explained plans' warnings) has to be asked for.
process.env.GRAPHILE_ENV ??= "production";

export const development = process.env.GRAPHILE_ENV === "development";
