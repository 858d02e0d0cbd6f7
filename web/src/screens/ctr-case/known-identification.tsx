import { Badge } from "../../components/badge.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import type { IdentifiedPersonFragment } from "../../generated/graphql.ts";
import { formatDate } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { idTypes } from "./choices.ts";
import styles from "./identification-form.module.css";
import { labelOf } from "./labels.ts";
import { fieldsIn } from "./sheet.ts";
import { TaxpayerNumber } from "./taxpayer-number.tsx";

const t = words("ctrCase");

interface KnownIdentificationProps {
  known: IdentifiedPersonFragment;
  numberShown: boolean;
  onShowNumber: (shown: boolean) => void;
}

/** What is known of the person, and what is still missing for a report. */
export function KnownIdentification({ known, numberShown, onShowNumber }: KnownIdentificationProps) {
  const name = [known.firstName, known.middleName, known.lastName, known.suffix].filter(Boolean).join(" ");
  const place = [known.city, known.state, known.postalCode, known.country].filter(Boolean).join(" ");
  const document = idTypes().find((type) => type.id === known.idType)?.label;
  const issuer = [known.idState, known.idCountry].filter(Boolean).join(", ");
  const missing = [...fieldsIn(known.missing)].map(labelOf);
  return (
    <>
      <Facts>
        <Fact label={t("identification.name")}>{name || "–"}</Fact>
        <Fact label={t("identification.born")}>{known.birthDate ? formatDate(known.birthDate) : "–"}</Fact>
        {known.occupation && <Fact label={t("fields.occupation")}>{known.occupation}</Fact>}
      </Facts>
      <Facts>
        <Fact label={t("identification.address")}>
          {known.street || "–"}
          {place && (
            <>
              <br />
              {place}
            </>
          )}
        </Fact>
      </Facts>
      <Facts>
        <Fact label={t("fields.taxpayerNumber")}>
          {known.taxpayerUnknown && t("identification.unknown")}
          {!known.taxpayerUnknown && !known.taxpayerNumber && "–"}
          {!known.taxpayerUnknown && known.taxpayerNumber && (
            <TaxpayerNumber number={known.taxpayerNumber} shown={numberShown} onShow={onShowNumber} />
          )}
        </Fact>
        <Fact label={known.idTypeOther ?? document ?? t("fields.idType")}>
          {known.idNumber ?? "–"}
          {issuer && ` (${issuer})`}
        </Fact>
      </Facts>
      {missing.length > 0 && (
        <div className={styles.missing}>
          <span className={styles.missingLabel}>{t("identification.missing")}</span>
          {missing.map((label) => (
            <Badge key={label} tone="warn">
              {label}
            </Badge>
          ))}
        </div>
      )}
    </>
  );
}
