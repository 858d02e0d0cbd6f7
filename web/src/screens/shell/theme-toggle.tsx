import { Monitor, Moon, Sun } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { type Theme, useTheme } from "../../lib/theme.ts";

const next: Record<Theme, Theme> = { system: "dark", dark: "light", light: "system" };
const names: Record<Theme, string> = { system: "as the device", dark: "dark", light: "light" };
const icons = { system: Monitor, dark: Moon, light: Sun };

export function ThemeToggle() {
  const [theme, setTheme] = useTheme();
  const Icon = icons[theme];
  return (
    <Button
      look="quiet"
      icon={<Icon size={19} />}
      aria-label={`Theme: ${names[theme]}. Switch to ${names[next[theme]]}`}
      onPress={() => setTheme(next[theme])}
    />
  );
}
