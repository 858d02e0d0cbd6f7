import { useEffect, useRef, useState } from "react";

/**
 * A field whose text is kept elsewhere, as in the address, where it arrives late: it shows at once
 * what is typed, so that no letter of a swiped card is lost, and follows when somebody else changes it.
 */
export function useTyped(kept: string, keep: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(kept);
  const underway = useRef<string[]>([]);

  useEffect(() => {
    const arrived = underway.current.lastIndexOf(kept);
    if (arrived === -1) setTyped(kept);
    underway.current = underway.current.slice(arrived + 1);
  }, [kept]);

  const type = (text: string) => {
    underway.current.push(text);
    setTyped(text);
    keep(text);
  };
  return [typed, type];
}
