import { ShieldX } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Empty } from "../../components/empty.tsx";
import { Page } from "../../components/page.tsx";

/** Totals, cases and alerts are a reviewer's; anybody else would only find them empty. */
export function ReviewersOnly({ title, children }: { title: string; children: ReactNode }) {
  const me = useMe();
  if (me.can("mtl:review")) return children;
  return (
    <Page title={title} narrow>
      <Empty
        icon={<ShieldX size={22} />}
        title="This is for compliance review"
        actions={<Link to="/board">Go to the pit board</Link>}
      >
        Your role doesn't include reviewing cash totals, cases and alerts.
      </Empty>
    </Page>
  );
}
