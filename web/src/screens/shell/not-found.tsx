import { MapPinOff } from "lucide-react";
import { Link } from "react-router";
import { Empty } from "../../components/empty.tsx";
import { Page } from "../../components/page.tsx";

export function NotFound() {
  return (
    <Page title="Nothing here" narrow>
      <Empty
        icon={<MapPinOff size={22} />}
        title="There is no such page"
        actions={<Link to="/board">Go to the pit board</Link>}
      >
        The address may be mistyped, or what it led to has moved.
      </Empty>
    </Page>
  );
}
