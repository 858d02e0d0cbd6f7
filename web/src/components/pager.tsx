import { ChevronLeft, ChevronRight } from "lucide-react";
import { formatCount } from "../lib/format.ts";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import styles from "./pager.module.css";

const t = words("components");

interface PagerProps {
  /** From 1. */
  page: number;
  size: number;
  total: number;
  onPage: (page: number) => void;
}

/** Where one is in a long list; nothing while it fits on a page. */
export function Pager({ page, size, total, onPage }: PagerProps) {
  const pages = Math.max(1, Math.ceil(total / size));
  if (pages === 1 && page === 1) return null;
  const from = Math.min((page - 1) * size + 1, total);
  const to = Math.min(page * size, total);
  return (
    <nav className={styles.pager} aria-label={t("pager.label")}>
      <p className={`${styles.where} numeric`}>
        {t("pager.where", { from: formatCount(from), to: formatCount(to), total: formatCount(total) })}
      </p>
      <div className={styles.steps}>
        <Button
          look="quiet"
          icon={<ChevronLeft size={18} />}
          aria-label={t("pager.previous")}
          isDisabled={page <= 1}
          onPress={() => onPage(page - 1)}
        />
        <Button
          look="quiet"
          icon={<ChevronRight size={18} />}
          aria-label={t("pager.next")}
          isDisabled={page >= pages}
          onPress={() => onPage(page + 1)}
        />
      </div>
    </nav>
  );
}
