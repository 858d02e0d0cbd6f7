import { type ComponentType, useEffect, useRef, useState } from "react";
import { PartMissing } from "./part-missing.tsx";

/** A part of the client that isn't loaded before it is shown. */
export interface Part<Props extends object> {
  Shown: ComponentType<Props>;
  /** Loads it, so that showing it doesn't wait. */
  load: () => Promise<void>;
}

/** `Waiting` is shown until it is there; when it can't be loaded, why and what to do about it: `Missing`. */
export function part<Props extends object>(
  find: () => Promise<ComponentType<Props>>,
  Waiting: ComponentType,
  Missing: ComponentType<{ onRetry: () => void }> = PartMissing,
): Part<Props> {
  let found: ComponentType<Props> | undefined;
  let finding: Promise<void> | undefined;

  const load = () => {
    finding ??= find().then(
      (component) => {
        found = component;
      },
      (thrown: unknown) => {
        finding = undefined;
        throw thrown;
      },
    );
    return finding;
  };

  function Shown(props: Props) {
    const [Component, setComponent] = useState(() => found);
    const [failed, setFailed] = useState(false);
    const isAgain = useRef(false);
    useEffect(() => {
      if (Component || failed) return;
      let left = false;
      load().then(
        () => left || setComponent(() => found),
        async () => {
          if (isAgain.current && (await isReachable())) location.reload();
          else if (!left) setFailed(true);
        },
      );
      return () => {
        left = true;
      };
    }, [Component, failed]);
    const retry = () => {
      isAgain.current = true;
      setFailed(false);
    };
    if (Component) return <Component {...props} />;
    return failed ? <Missing onRetry={retry} /> : <Waiting />;
  }

  return { Shown, load };
}

/**
 * Chromium keeps a file that couldn't be loaded as one that can't, until the page is loaded anew; so that is
 * what trying again does once the server is there.
 */
async function isReachable(): Promise<boolean> {
  try {
    return (await fetch("/mark.svg", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
