import { LogOut, Search } from "lucide-react";
import { useState } from "react";
import { Outlet } from "react-router";
import { useMe, useSession } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { part } from "../../components/part.tsx";
import { formatDay } from "../../lib/format.ts";
import { useLoadAhead } from "../../lib/load-ahead.ts";
import { ariaPaletteShortcut } from "../../lib/shortcuts.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { screensUnder } from "../screens.ts";
import { ConnectionBadge } from "./connection-badge.tsx";
import { DensityToggle } from "./density-toggle.tsx";
import { useDestinations } from "./destinations.ts";
import { IdleWarning, loadIdleDialog } from "./idle-warning.tsx";
import { LanguageToggle } from "./language-toggle.tsx";
import { LeftCommands } from "./left-commands.tsx";
import { usePaletteKey } from "./palette-key.ts";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";
import { ThemeToggle } from "./theme-toggle.tsx";

const t = words("shell");

const { Shown: CommandPalette, load: loadPalette } = part(
  async () => (await import("./command-palette.tsx")).CommandPalette,
  () => null,
);

export function Shell() {
  const me = useMe();
  const { signOut } = useSession();
  const offered = useDestinations();
  const [finding, setFinding] = useState(false);
  const places = offered.map(({ to }) => to);
  useLoadAhead(places.join(), () => [loadPalette, loadIdleDialog, ...screensUnder(places)]);
  usePaletteKey(() => setFinding(true));
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
          <Button
            look="quiet"
            icon={<Search size={19} />}
            aria-label={t("palette.open")}
            keyShortcut={ariaPaletteShortcut("K")}
            onPress={() => setFinding(true)}
          />
          <LanguageToggle />
          <ThemeToggle />
          <DensityToggle />
          <Button look="quiet" icon={<LogOut size={19} />} aria-label={t("signOut")} onPress={() => void signOut()} />
        </div>
      </header>
      <Rail offered={offered} />
      <LeftCommands />
      <main className={styles.content} id="content" tabIndex={-1}>
        <IdleWarning />
        {finding && <CommandPalette onClose={() => setFinding(false)} />}
        <Outlet />
      </main>
    </div>
  );
}
