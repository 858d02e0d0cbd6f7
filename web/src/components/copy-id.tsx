import { Check, Fingerprint } from "lucide-react";
import { useState } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import styles from "./copy-id.module.css";

const t = words("components");

/** A correlation id: shown on hover and focus, copied on press. */
export function CopyId({ id }: { id: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      // Without permission or a secure origin it can still be read.
    }
  };
  return (
    <TooltipTrigger delay={200}>
      <Button
        look="quiet"
        icon={copied ? <Check size={17} /> : <Fingerprint size={17} />}
        aria-label={t("correlationIdOf", { id })}
        onPress={() => void copy()}
      />
      <Tooltip className={styles.tooltip ?? ""} offset={4}>
        <span className={styles.label}>{copied ? t("copied") : t("correlationId")}</span>
        <span className="numeric">{id}</span>
      </Tooltip>
    </TooltipTrigger>
  );
}
