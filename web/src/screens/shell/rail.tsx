import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import { words } from "../../words/words.ts";
import type { Destination } from "./destinations.ts";
import styles from "./shell.module.css";

const t = words("shell");

/** The places that one can go to. Where there are more than fit, the one that is shown is among those in view. */
export function Rail({ offered }: { offered: readonly Destination[] }) {
  const rail = useRef<HTMLElement>(null);
  const { pathname } = useLocation();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is the reason
  useEffect(() => {
    const shown = rail.current?.querySelector("[aria-current=page]");
    shown?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);

  return (
    <nav className={styles.rail} aria-label={t("main")} ref={rail}>
      {offered.map(({ to, name, icon: Icon }) => (
        <NavLink key={to} to={to} className={styles.place ?? ""}>
          <Icon size={21} aria-hidden="true" />
          {t(`places.${name}`)}
        </NavLink>
      ))}
    </nav>
  );
}
