import { X } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect, useId, useRef, useState } from "react";
import { useCovering } from "../lib/covering.ts";
import { cx } from "../lib/cx.ts";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import styles from "./drawer.module.css";
import { Loading, Skeleton } from "./skeleton.tsx";

const t = words("components");

/** A panel over the page's title is what the page is about: its headings begin at the first level. */
const CoversTitle = createContext(false);

interface DrawerProps {
  title: ReactNode;
  subtitle?: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  /** What it is about is chosen on the page: where there is no room beside, it is a strip beneath. */
  leavesPage?: boolean;
}

/**
 * A panel beside the page: what it is about stays in view and in reach. Where there is no room beside, it lies
 * over the page, which then waits. Escape closes it.
 */
export function Drawer({ title, subtitle, onClose, children, footer, leavesPage = false }: DrawerProps) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const coversTitle = useCovering(panel);

  // Opening moves the focus in, unless something inside has taken it already; closing gives it
  // back to where it was.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    const drawn = panel.current;
    if (!drawn?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true });
    return () => {
      if (drawn?.isConnected) return;
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [before]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (document.querySelector("[role=dialog]")) return;
      onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose]);

  return (
    <aside
      className={cx(styles.drawer, leavesPage && styles.strip)}
      ref={panel}
      aria-labelledby={id}
      data-drawer={leavesPage ? "strip" : "whole"}
    >
      <header className={styles.head}>
        <div className={styles.titles}>
          <h2 id={id} ref={heading} tabIndex={-1} aria-level={coversTitle ? 1 : undefined}>
            {title}
          </h2>
          {subtitle !== undefined && <p className={styles.subtitle}>{subtitle}</p>}
        </div>
        <Button look="quiet" icon={<X size={20} />} aria-label={t("closePanel")} onPress={onClose} />
      </header>
      <div className={styles.body}>
        <CoversTitle value={coversTitle}>{children}</CoversTitle>
      </div>
      {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
    </aside>
  );
}

const waiting = ["4rem", "7rem", "6rem"];

/** The place of a drawer whose content is on its way. */
export function DrawerWaiting() {
  return (
    <aside className={styles.drawer} aria-label={t("drawerWaiting")} data-drawer="whole">
      <Loading what={t("drawerWaiting")}>
        {waiting.map((height) => (
          <DrawerSection key={height}>
            <Skeleton height={height} />
          </DrawerSection>
        ))}
      </Loading>
    </aside>
  );
}

export function DrawerSection({ title, children }: { title?: string; children: ReactNode }) {
  const coversTitle = useContext(CoversTitle);
  return (
    <section className={styles.section}>
      {title !== undefined && (
        <h3 className={styles.sectionTitle} aria-level={coversTitle ? 2 : undefined}>
          {title}
        </h3>
      )}
      {children}
    </section>
  );
}
