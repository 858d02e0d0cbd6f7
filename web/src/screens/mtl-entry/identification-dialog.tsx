import { Dialog } from "../../components/dialog.tsx";
import type { IdentifiedPersonFragment } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { IdentificationForm } from "../ctr-case/identification-form.tsx";
import { textFields } from "../ctr-case/sheet.ts";

const t = words("mtlEntry");

interface IdentificationDialogProps {
  patronId: string;
  name: string;
  onSaved: (complete: boolean) => void;
  onClose: () => void;
}

/** Writes down what the person's document says. What is known of them already isn't shown here. */
export function IdentificationDialog({ patronId, name, onSaved, onClose }: IdentificationDialogProps) {
  return (
    <Dialog title={t("dialog.title")} subtitle={t("dialog.subtitle", { name })} onClose={onClose}>
      <IdentificationForm patronId={patronId} known={nothingShown(patronId)} onSaved={onSaved} onDone={onClose} />
    </Dialog>
  );
}

// What a report needs of somebody of whom nothing is known yet. Whether it is there, the database
// says with the answer.
const needed = ["last_name", "first_name", "birth_date", "street", "city", "state", "postal_code", "country"].concat([
  "taxpayer_number",
  "id_type",
  "id_number",
  "id_country",
]);

function nothingShown(patronId: string): IdentifiedPersonFragment {
  const fields = Object.fromEntries(textFields.map((field) => [field, null])) as Record<
    (typeof textFields)[number],
    null
  >;
  return { ...fields, patronId, version: 0, taxpayerUnknown: null, missing: needed, savedBy: null, savedAt: null };
}
