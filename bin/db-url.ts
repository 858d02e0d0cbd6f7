import { currentUrl } from "./lib/database.ts";
import { openHome } from "./lib/home.ts";

/** `npm run db:url`: the superuser's connection string of the database in use. */
export async function main(): Promise<void> {
  const { url, isRunning } = currentUrl(openHome());
  console.log(url);
  if (!isRunning) console.error('Nothing listens there now: "npm start" or "npm run db" runs the database.');
}
