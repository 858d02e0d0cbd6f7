import { Monitor, Moon, Sun } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { type Theme, useTheme } from "../../lib/theme.ts";
import { words } from "../../words/words.ts";

const t = words("shell");

const next: Record<Theme, Theme> = { system: "dark", dark: "light", light: "system" };
const icons = { system: Monitor, dark: Moon, light: Sun };

export function ThemeToggle() {
  const [theme, setTheme] = useTheme();
  const Icon = icons[theme];
  return (
    <Button
      look="quiet"
      icon={<Icon size={19} />}
      aria-label={t("theme.label", { now: t(`theme.names.${theme}`), next: t(`theme.names.${next[theme]}`) })}
      onPress={() => setTheme(next[theme])}
    />
  );
}
