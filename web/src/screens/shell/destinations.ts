import {
  Activity,
  Banknote,
  BellRing,
  ChartColumnStacked,
  ChartNoAxesCombined,
  FilePenLine,
  IdCard,
  LayoutGrid,
  type LucideIcon,
  Megaphone,
  Scale,
  ScrollText,
  ShieldCheck,
  UserCheck,
  Users,
} from "lucide-react";
import { type Me, useMe } from "../../api/session.tsx";
import type { Catalogue } from "../../words/catalogue.ts";

export interface Destination {
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
  { to: "/operations", name: "operations", icon: Activity, can: "audit:view" },
  { to: "/verification", name: "verification", icon: ShieldCheck, can: "audit:view" },
  { to: "/staff", name: "staff", icon: IdCard, can: "staff:manage" },
];

/** Where the signed-in person has something to do or see. */
export function useDestinations(): readonly Destination[] {
  const me = useMe();
  return destinations.filter(({ can }) => can === undefined || [can].flat().some(me.can));
}

/** Where one's work is, by what only this work takes. The first that fits counts. */
const homes: readonly { can: string; to: string }[] = [
  { can: "floor:rate", to: "/board" },
  { can: "ctr:file", to: "/compliance" },
  { can: "loyalty:configure", to: "/liability" },
  { can: "mtl:create", to: "/cash/new" },
  { can: "staff:manage", to: "/staff" },
  { can: "audit:view", to: "/verification" },
];

export function homeOf(me: Pick<Me, "can">): string {
  return homes.find(({ can }) => me.can(can))?.to ?? "/board";
}
