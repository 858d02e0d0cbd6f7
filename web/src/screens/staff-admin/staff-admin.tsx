import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { words } from "../../words/words.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { AccessReview } from "./access-review.tsx";
import { AddPersonDialog } from "./add-person-dialog.tsx";
import { People } from "./people.tsx";
import { WhoCan } from "./who-can.tsx";

const t = words("staffAdmin");

const views = ["people", "who", "review"] as const;
type View = (typeof views)[number];

export function StaffAdmin() {
  return (
    <OnlyFor can="staff:manage" title={t("title")} what={t("managing")}>
      <Administration />
    </OnlyFor>
  );
}

function Administration() {
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  // A password is given outside GraphQL, so the list is asked for again.
  const [given, setGiven] = useState(0);
  const view: View = views.find((each) => each === search.get("show")) ?? "people";
  return (
    <Page
      title={t("title")}
      beside={
        <Segmented
          label={t("views.label")}
          options={views.map((id) => ({ id, label: t(`views.${id}`) }))}
          value={view}
          onChange={(next) => setSearch({ show: next })}
        />
      }
      aside={
        <Button look="primary" icon={<UserPlus size={17} />} onPress={() => setAdding(true)}>
          {t("add.open")}
        </Button>
      }
    >
      {view === "people" && <People key={given} />}
      {view === "who" && <WhoCan />}
      {view === "review" && <AccessReview />}
      {adding && <AddPersonDialog onClose={() => setAdding(false)} onGiven={() => setGiven(given + 1)} />}
    </Page>
  );
}
