import { ShieldX } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Empty } from "../../components/empty.tsx";
import { Page } from "../../components/page.tsx";
import { words } from "../../words/words.ts";

const t = words("shell");

interface OnlyForProps {
  /** The capability without which the database would show nothing here. */
  can: string;
  title: string;
  /** What one would need it for: "reviewing reward requests". */
  what: string;
  children: ReactNode;
}

/** A screen of some roles; everybody else learns why there is nothing. */
export function OnlyFor({ can, title, what, children }: OnlyForProps) {
  const me = useMe();
  if (me.can(can)) return children;
  return (
    <Page title={title} narrow>
      <Empty icon={<ShieldX size={22} />} title={t("notForRole")} actions={<Link to="/board">{t("toBoard")}</Link>}>
        {t("notIncluded", { what })}
      </Empty>
    </Page>
  );
}
