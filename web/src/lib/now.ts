import { useState } from "react";

/** The moment at which a screen was opened, for asking what is in force. */
export function useOpenedAt(): string {
  const [now] = useState(() => new Date().toISOString());
  return now;
}
