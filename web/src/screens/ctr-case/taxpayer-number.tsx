import { Eye, EyeOff } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { words } from "../../words/words.ts";
import styles from "./identification-form.module.css";

const t = words("ctrCase");

interface TaxpayerNumberProps {
  number: string;
  shown: boolean;
  onShow: (shown: boolean) => void;
}

/** Its end, and all of it for as long as somebody wants to see it; paper has what the screen has. */
export function TaxpayerNumber({ number, shown, onShow }: TaxpayerNumberProps) {
  if (isMasked(number)) return number;
  return (
    <span className={styles.number}>
      {shown ? number : masked(number)}
      <Button
        look="quiet"
        icon={shown ? <EyeOff size={17} /> : <Eye size={17} />}
        aria-pressed={shown}
        aria-label={t("identification.showNumber")}
        onPress={() => onShow(!shown)}
      >
        {t("identification.show")}
      </Button>
    </span>
  );
}

/** As those see it who don't file reports. */
export function masked(number: string): string {
  if (isMasked(number)) return number;
  return "*".repeat(Math.max(number.length - 4, 4)) + number.slice(4).slice(-4);
}

function isMasked(number: string): boolean {
  return number.includes("*");
}
