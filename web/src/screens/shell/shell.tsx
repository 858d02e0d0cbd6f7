import {
  Banknote,
  BellRing,
  ChartColumnStacked,
  FilePenLine,
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
import { formatDay, humanize } from "../../lib/format.ts";
import { ConnectionBadge } from "./connection-badge.tsx";
import styles from "./shell.module.css";
import { ThemeToggle } from "./theme-toggle.tsx";

interface Destination {
  to: string;
  label: string;
  icon: LucideIcon;
  /** The capability without which there is nothing to do or see there. */
  can?: string;
}

const destinations: readonly Destination[] = [
  { to: "/board", label: "Pit board", icon: LayoutGrid },
  { to: "/players", label: "Players", icon: Users },
  { to: "/cash/new", label: "Cash entry", icon: Banknote, can: "mtl:create" },
  { to: "/cash/log", label: "Cash log", icon: ScrollText, can: "mtl:view" },
  { to: "/compliance", label: "Compliance", icon: Scale, can: "mtl:review" },
  { to: "/alerts", label: "Alerts", icon: BellRing, can: "mtl:review" },
  { to: "/approvals", label: "Approvals", icon: UserCheck, can: "loyalty:approve" },
  { to: "/promotions", label: "Promotions", icon: Megaphone, can: "loyalty:view_all" },
  { to: "/rules", label: "Rules", icon: FilePenLine, can: "loyalty:view_all" },
  { to: "/liability", label: "Liability", icon: ChartColumnStacked, can: "loyalty:view_all" },
  { to: "/verification", label: "Verification", icon: ShieldCheck, can: "audit:view" },
];

export function Shell() {
  const me = useMe();
  const { signOut } = useSession();
  const [leaving, setLeaving] = useState(false);
  const offered = destinations.filter(({ can }) => can === undefined || me.can(can));
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <header className={styles.topbar}>
        <div className={styles.property}>
          <img src="/mark.svg" alt="PitLedger" width={28} height={28} />
          <div className={styles.stack}>
            <span className={styles.name}>{me.casinoName}</span>
            <span className={styles.small}>
              <span className={styles.wideOnly}>Gaming day </span>
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
            <span className={styles.small}>{humanize(me.role)}</span>
          </div>
          <ThemeToggle />
          <Button
            look="quiet"
            icon={<LogOut size={19} />}
            aria-label="Sign out"
            isPending={leaving}
            onPress={() => {
              setLeaving(true);
              void signOut();
            }}
          />
        </div>
      </header>
      <nav className={styles.rail} aria-label="Main">
        {offered.map(({ to, label, icon: Icon }) => (
          <NavLink key={to} to={to} className={styles.place ?? ""}>
            <Icon size={21} aria-hidden="true" />
            {label}
          </NavLink>
        ))}
      </nav>
      <main className={styles.content} id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
