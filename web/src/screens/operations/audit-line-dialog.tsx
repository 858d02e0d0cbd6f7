import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import type { AuditLineFragment } from "../../generated/graphql.ts";
import { formatMoment } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./operations.module.css";
import { pathOfRequest } from "./request-link.tsx";
import { spokenCommand } from "./spoken.ts";

const t = words("operations");

interface AuditLineDialogProps {
  line: AuditLineFragment;
  /** Whom it is about, when that is a player whose name is known. */
  player: string | undefined;
  onClose: () => void;
}

/** All that a line of the log says. */
export function AuditLineDialog({ line, player, onClose }: AuditLineDialogProps) {
  const me = useMe();
  const facts: [string, string | null | undefined][] = [
    [t("audit.who"), line.staffName ?? line.loginName ?? t("audit.system")],
    [t("audit.operation"), line.operation && inWords(line.operation)],
    [t("audit.code"), line.code],
    [t("audit.about"), line.subjectName],
    [t("audit.session"), line.sessionId],
    [t("audit.request"), line.correlationId],
  ];
  return (
    <Dialog
      title={t("audit.line")}
      subtitle={line.happenedAt && formatMoment(line.happenedAt, me.timezone)}
      onClose={onClose}
      wide
    >
      <dl className={styles.particulars}>
        <div>
          <dt className={styles.small}>{t("audit.what")}</dt>
          <dd>{term("auditAction", line.action ?? "")}</dd>
        </div>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt className={styles.small}>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        {line.playerId && (
          <div>
            <dt className={styles.small}>{t("audit.player")}</dt>
            <dd>
              <Link className={styles.link ?? ""} to={`/players/${line.playerId}`}>
                {player ?? line.playerId}
              </Link>
            </dd>
          </div>
        )}
        {Object.entries(detailsOf(line.details)).map(([name, value]) => (
          <div key={`details ${name}`} lang="en">
            <dt className={styles.small}>{name}</dt>
            <dd className={styles.code}>{value}</dd>
          </div>
        ))}
      </dl>
      <DialogActions>
        <Button onPress={onClose}>{t("close")}</Button>
        {line.correlationId && <ButtonLink to={pathOfRequest(line.correlationId)}>{t("follow")}</ButtonLink>}
      </DialogActions>
    </Dialog>
  );
}

/** With its code, by which the server's log has it. */
function inWords(operation: string): string {
  const said = spokenCommand(operation);
  return said === operation ? said : `${said} (${operation})`;
}

/** The particulars by their names in the log, which are the same in every language. */
function detailsOf(details: unknown): Record<string, string> {
  if (typeof details !== "object" || details === null) return {};
  return Object.fromEntries(
    Object.entries(details)
      .filter(([name]) => name !== "operation" && name !== "code")
      .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value, null, 1)]),
  );
}
