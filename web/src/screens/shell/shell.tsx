import {
  Banknote,
  BellRing,
  ChartColumnStacked,
  ChartNoAxesCombined,
  FilePenLine,
  IdCard,
  LayoutGrid,
  LogOut,
  type LucideIcon,
  Megaphone,
  Scale,
  ScrollText,
  ShieldCheck,
  UserCheck,
  Users,
} from "lucide-react";
import { useState } from "react";
import { NavLink, Outlet } from "react-router";
import { useMe, useSession } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { formatDay } from "../../lib/format.ts";
import type { Catalogue } from "../../words/catalogue.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { ConnectionBadge } from "./connection-badge.tsx";
import { LanguageToggle } from "./language-toggle.tsx";
import styles from "./shell.module.css";
import { ThemeToggle } from "./theme-toggle.tsx";

const t = words("shell");

interface Destination {
  to: string;
  name: keyof Catalogue["shell"]["places"];
  icon: LucideIcon;
  /** The capability (of several, any) without which there is nothing to do or see there. */
  can?: string | readonly string[];
}

const destinations: readonly Destination[] = [
  { to: "/board", name: "board", icon: LayoutGrid },
  { to: "/players", name: "players", icon: Users },
  { to: "/cash/new", name: "cashEntry", icon: Banknote, can: "mtl:create" },
  { to: "/cash/log", name: "cashLog", icon: ScrollText, can: "mtl:view" },
  { to: "/compliance", name: "compliance", icon: Scale, can: "mtl:review" },
  { to: "/alerts", name: "alerts", icon: BellRing, can: "mtl:review" },
  { to: "/approvals", name: "approvals", icon: UserCheck, can: "loyalty:approve" },
  { to: "/promotions", name: "promotions", icon: Megaphone, can: "loyalty:view_all" },
  { to: "/rules", name: "rules", icon: FilePenLine, can: "loyalty:view_all" },
  { to: "/liability", name: "liability", icon: ChartColumnStacked, can: "loyalty:view_all" },
  { to: "/reports", name: "reports", icon: ChartNoAxesCombined, can: ["loyalty:view_all", "mtl:review"] },
  { to: "/verification", name: "verification", icon: ShieldCheck, can: "audit:view" },
  { to: "/staff", name: "staff", icon: IdCard, can: "staff:manage" },
];

export function Shell() {
  const me = useMe();
  const { signOut } = useSession();
  const [leaving, setLeaving] = useState(false);
  const offered = destinations.filter(({ can }) => can === undefined || [can].flat().some(me.can));
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t("skip")}
      </a>
      <header className={styles.topbar}>
        <div className={styles.property}>
          <img src="/mark.svg" alt="PitLedger" width={28} height={28} />
          <div className={styles.stack}>
            <span className={styles.name}>{me.casinoName}</span>
            <span className={styles.small}>
              <span className={styles.wideOnly}>{t("gamingDay")} </span>
              <time className="numeric" dateTime={me.gamingDay}>
                {formatDay(me.gamingDay)}
              </time>
            </span>
          </div>
        </div>
        <ConnectionBadge />
        <div className={styles.person}>
          <div className={`${styles.stack} ${styles.right}`}>
            <span className={styles.name}>{me.displayName}</span>
            <span className={styles.small}>{term("role", me.role)}</span>
          </div>
          <LanguageToggle />
          <ThemeToggle />
          <Button
            look="quiet"
            icon={<LogOut size={19} />}
            aria-label={t("signOut")}
            isPending={leaving}
            onPress={() => {
              setLeaving(true);
              void signOut();
            }}
          />
        </div>
      </header>
      <nav className={styles.rail} aria-label={t("main")}>
        {offered.map(({ to, name, icon: Icon }) => (
          <NavLink key={to} to={to} className={styles.place ?? ""}>
            <Icon size={21} aria-hidden="true" />
            {t(`places.${name}`)}
          </NavLink>
        ))}
      </nav>
      <main className={styles.content} id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
