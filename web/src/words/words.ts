import type { ReactNode } from "react";
import { createTranslator } from "use-intl/core";
import { locale } from "../lib/locale.ts";
import type { Catalogue, Namespace } from "./catalogue.ts";
import { withOneFullStop } from "./full-stop.ts";
import { currentCatalogue, currentLanguage } from "./language.ts";

type Words<Name extends Namespace> = ReturnType<typeof createTranslator<Catalogue, Name>>;

interface Loose {
  (key: string, values?: Record<string, unknown>): string;
  rich: (key: string, values?: Record<string, unknown>) => ReactNode;
  has: (key: string) => boolean;
}

const translators = new Map<string, Loose>();

/**
 * The words of a namespace in the language that is chosen when they are asked for:
 * `const t = words("shell")` at a module's top, `t("signOut")` where something is rendered.
 */
export function words<Name extends Namespace>(namespace: Name): Pick<Words<Name>, "rich" | "has"> & Words<Name> {
  const now = () => translator(namespace);
  const t: Loose = Object.assign(
    (key: string, values?: Record<string, unknown>) => withOneFullStop(now()(key, values), Object.values(values ?? {})),
    {
      rich: (key: string, values?: Record<string, unknown>) => now().rich(key, values),
      has: (key: string) => now().has(key),
    },
  );
  return t as unknown as Words<Name>;
}

function translator(namespace: Namespace): Loose {
  const name = `${currentLanguage()}.${namespace}`;
  let found = translators.get(name);
  if (!found) {
    found = createTranslator({
      locale: locale(),
      messages: currentCatalogue() as Record<string, unknown>,
      namespace,
    }) as unknown as Loose;
    translators.set(name, found);
  }
  return found;
}
