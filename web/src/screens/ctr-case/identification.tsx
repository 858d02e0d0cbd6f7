import { BadgeCheck, IdCard } from "lucide-react";
import { useState } from "react";
import { useMe } from "../../api/session.tsx";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { type IdentifiedPersonFragment, useIdentificationQuery } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import styles from "./identification-form.module.css";
import { IdentificationForm } from "./identification-form.tsx";
import { KnownIdentification } from "./known-identification.tsx";
import { useKept } from "./use-unsaved.ts";

const t = words("ctrCase");

interface IdentificationProps {
  patronId: string;
  editable: boolean;
  onSaved: () => void;
}

/** Who the person is, as a report needs it: read first, changed in a form. */
export function Identification({ patronId, editable, onSaved }: IdentificationProps) {
  const me = useMe();
  const [{ data, error, fetching }, refetch] = useIdentificationQuery({
    variables: { patronId },
    requestPolicy: "cache-and-network",
  });
  const unsaved = useKept();
  const [editing, setEditing] = useState(() => unsaved.has(patronId));
  const [numberShown, setNumberShown] = useState(false);
  const known = data?.identification;
  const mayWrite = editable && me.can("mtl:create");

  return (
    <Card
      title={t("identification.title")}
      label={t("identification.title")}
      aside={known && <Completeness known={known} />}
    >
      {error && !known && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!known && fetching && (
        <Loading what={t("identification.loading")}>
          <Skeleton height="7rem" />
        </Loading>
      )}
      {known && editing && (
        <IdentificationForm
          patronId={patronId}
          known={known}
          numberShown={numberShown}
          onSaved={onSaved}
          onDone={() => setEditing(false)}
        />
      )}
      {known && !editing && (
        <>
          {known.version === 0 ? (
            <Empty icon={<IdCard size={22} />} title={t("identification.nothing")}>
              {t("identification.needs")}
            </Empty>
          ) : (
            <KnownIdentification known={known} numberShown={numberShown} onShowNumber={setNumberShown} />
          )}
          {mayWrite && (
            <div className={styles.actions}>
              <Button onPress={() => setEditing(true)}>
                {known.version === 0 ? t("identification.write") : t("identification.change")}
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

function Completeness({ known }: { known: IdentifiedPersonFragment }) {
  if (known.missing?.length === 0) {
    return (
      <Badge tone="good" icon={<BadgeCheck size={13} aria-hidden="true" />}>
        {t("identification.complete")}
      </Badge>
    );
  }
  return <Badge tone="warn">{t("identification.incomplete")}</Badge>;
}
