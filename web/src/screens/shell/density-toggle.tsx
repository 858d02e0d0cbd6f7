import { Rows3, Rows4 } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { type Density, useDensity } from "../../lib/density.ts";
import { words } from "../../words/words.ts";

const t = words("shell");

const next: Record<Density, Density> = { comfortable: "compact", compact: "comfortable" };
const icons = { comfortable: Rows3, compact: Rows4 };

export function DensityToggle() {
  const [density, setDensity] = useDensity();
  const Icon = icons[density];
  return (
    <Button
      look="quiet"
      icon={<Icon size={19} />}
      aria-label={t("density.label", {
        now: t(`density.names.${density}`),
        next: t(`density.names.${next[density]}`),
      })}
      onPress={() => setDensity(next[density])}
    />
  );
}
