import { Link } from "react-router";
import { words } from "../../words/words.ts";
import styles from "./operations.module.css";

const t = words("operations");

/** The address of everything that a request wrote. */
export function pathOfRequest(id: string): string {
  return `/operations?${new URLSearchParams({ view: "audit", request: id })}`;
}

/** A correlation id, short (it begins with the time, so its end tells it apart), and the way to everything that the request wrote. */
export function RequestLink({ id }: { id: string | null }) {
  if (!id) return null;
  const short = id.slice(-8);
  return (
    <Link className={styles.link ?? ""} to={pathOfRequest(id)} aria-label={t("followOf", { id: short })} title={id}>
      <code>{short}</code>
    </Link>
  );
}
