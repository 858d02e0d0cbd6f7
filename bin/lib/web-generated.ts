import { join } from "node:path";
import { projectRoot } from "./home.ts";

export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** The web client's types, hooks and list of operations, from its documents and the schema in `schemaFile`. */
export async function generateWebFiles(schemaFile: string): Promise<readonly GeneratedFile[]> {
  const { generate } = await import("@graphql-codegen/cli");
  const { default: config } = await import("../../web/codegen.ts");
  const files = await generate({ ...config, cwd: projectRoot, schema: schemaFile, silent: true }, false);
  return files.map(({ filename, content }: { filename: string; content: string }) => ({
    path: join(projectRoot, filename),
    content,
  }));
}
