import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { words } from "../../words/words.ts";
import styles from "./identification-form.module.css";

const t = words("ctrCase");

/** Its end, and all of it for as long as somebody wants to see it; paper has what the screen has. */
export function TaxpayerNumber({ number }: { number: string }) {
  const [shown, setShown] = useState(false);
  if (number.includes("*")) return number;
  return (
    <span className={styles.number}>
      {shown ? number : masked(number)}
      <Button
        look="quiet"
        icon={shown ? <EyeOff size={17} /> : <Eye size={17} />}
        aria-pressed={shown}
        aria-label={t("identification.showNumber")}
        onPress={() => setShown(!shown)}
      >
        {t("identification.show")}
      </Button>
    </span>
  );
}

/** As those see it who don't file reports. */
function masked(number: string): string {
  return "*".repeat(Math.max(number.length - 4, 4)) + number.slice(4).slice(-4);
}
