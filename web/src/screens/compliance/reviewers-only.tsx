import { ShieldX } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Empty } from "../../components/empty.tsx";
import { Page } from "../../components/page.tsx";
import { words } from "../../words/words.ts";

const t = words("compliance");

/** Totals, cases and alerts are a reviewer's; anybody else would only find them empty. */
export function ReviewersOnly({ title, children }: { title: string; children: ReactNode }) {
  const me = useMe();
  if (me.can("mtl:review")) return children;
  return (
    <Page title={title} narrow>
      <Empty
        icon={<ShieldX size={22} />}
        title={t("only.title")}
        actions={<Link to="/board">{t("only.toBoard")}</Link>}
      >
        {t("only.text")}
      </Empty>
    </Page>
  );
}
