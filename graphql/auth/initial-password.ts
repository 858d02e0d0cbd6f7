import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../body.ts";
import { Refusal } from "../refusal.ts";
import { asStaff, type StaffWork } from "./as-staff.ts";
import { hashPassword, makeInitialPassword } from "./password.ts";
import { type Handler, sendJson } from "./routes.ts";

const longestBody = 1_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Gives somebody a password to sign in with once: it is made and hashed here, told to the
 * administrator in the answer, and known to nobody else. Whether they may is the database's answer.
 */
export function makeInitialPasswordHandler(staff: StaffWork): Handler {
  return async (request: IncomingMessage, response: ServerResponse) => {
    const staffId = await readStaffId(request);
    const password = makeInitialPassword();
    const phc = await hashPassword(password);
    await asStaff(staff, request, (client) => client.query("select identity.reset_password($1, $2)", [staffId, phc]));
    sendJson(response, 200, { password });
  };
}

async function readStaffId(request: IncomingMessage): Promise<string> {
  let body: unknown;
  try {
    body = JSON.parse((await readBody(request, longestBody)).toString("utf8"));
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
  }
  const staffId = typeof body === "object" && body !== null && "staffId" in body ? body.staffId : undefined;
  if (typeof staffId === "string" && uuid.test(staffId)) return staffId;
  throw new Refusal(400, {
    message: "An initial password is for a member of staff.",
    code: "BAD_REQUEST",
    hint: "Send staffId, a UUID.",
  });
}
