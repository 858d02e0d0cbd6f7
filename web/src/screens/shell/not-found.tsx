import { MapPinOff } from "lucide-react";
import { Link } from "react-router";
import { Empty } from "../../components/empty.tsx";
import { Page } from "../../components/page.tsx";
import { words } from "../../words/words.ts";

const t = words("shell");

export function NotFound() {
  return (
    <Page title={t("nothing.title")} narrow>
      <Empty icon={<MapPinOff size={22} />} title={t("nothing.page")} actions={<Link to="/board">{t("toBoard")}</Link>}>
        {t("nothing.why")}
      </Empty>
    </Page>
  );
}
