import { Dialog } from "../../components/dialog.tsx";
import type { IdentifiedPersonFragment } from "../../generated/graphql.ts";
import { IdentificationForm } from "../ctr-case/identification.tsx";
import { textFields } from "../ctr-case/sheet.ts";

interface IdentificationDialogProps {
  patronId: string;
  name: string;
  onSaved: (complete: boolean) => void;
  onClose: () => void;
}

/** Writes down what the person's document says. What is known of them already isn't shown here. */
export function IdentificationDialog({ patronId, name, onSaved, onClose }: IdentificationDialogProps) {
  return (
    <Dialog title="Identification" subtitle={`${name} · as the document says`} onClose={onClose}>
      <IdentificationForm patronId={patronId} known={nothingShown(patronId)} onSaved={onSaved} onDone={onClose} />
    </Dialog>
  );
}

function nothingShown(patronId: string): IdentifiedPersonFragment {
  const fields = Object.fromEntries(textFields.map((field) => [field, null])) as Record<
    (typeof textFields)[number],
    null
  >;
  return { ...fields, patronId, version: 0, taxpayerUnknown: null, missing: [], savedBy: null, savedAt: null };
}
