import { Languages } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { type Language, languageNames, setLanguage, useLanguage } from "../../words/language.ts";
import { words } from "../../words/words.ts";

const t = words("shell");
const next: Record<Language, Language> = { en: "es", es: "en" };

let chosen: Language | undefined;

/** In another language the screen is made anew: the focus comes back to where it was. */
export function LanguageToggle({ named = false }: { named?: boolean }) {
  const language = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen === language) place.current?.querySelector("button")?.focus();
    chosen = undefined;
  }, [language]);
  return (
    <div ref={place}>
      <Button
        look="quiet"
        icon={<Languages size={19} />}
        aria-label={t("language", { now: languageNames[language], next: languageNames[next[language]] })}
        onPress={() => {
          chosen = next[language];
          void setLanguage(chosen);
        }}
      >
        {named ? <span lang={next[language]}>{languageNames[next[language]]}</span> : undefined}
      </Button>
    </div>
  );
}
