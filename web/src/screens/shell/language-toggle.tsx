import { Languages } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { type Language, languageNames, setLanguage, useLanguage } from "../../words/language.ts";
import { words } from "../../words/words.ts";

const t = words("shell");
const next: Record<Language, Language> = { en: "es", es: "en" };

let pressed = false;

/** Changing the language renders everything anew: the focus comes back to where it was pressed. */
export function LanguageToggle({ named = false }: { named?: boolean }) {
  const language = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After whatever else takes the focus when it appears.
    if (pressed) queueMicrotask(() => place.current?.querySelector("button")?.focus());
    pressed = false;
  }, []);
  return (
    <div ref={place}>
      <Button
        look="quiet"
        icon={<Languages size={19} />}
        aria-label={t("language", { now: languageNames[language], next: languageNames[next[language]] })}
        onPress={() => {
          pressed = true;
          void setLanguage(next[language]);
        }}
      >
        {named ? <span lang={next[language]}>{languageNames[next[language]]}</span> : undefined}
      </Button>
    </div>
  );
}
