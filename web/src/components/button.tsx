import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Link as AriaLink } from "react-aria-components";
import { cx } from "../lib/cx.ts";
import styles from "./button.module.css";

interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style" | "isPending"> {
  look?: "primary" | "secondary" | "quiet" | "danger";
  icon?: ReactNode;
  /** Without children the icon is all there is, and `aria-label` says what it does. */
  children?: ReactNode;
  wide?: boolean;
  /** What it started is under way: it keeps the focus, and pressing it again does nothing. */
  isPending?: boolean;
  /** The shortcut that does the same, as `aria-keyshortcuts` has it. */
  keyShortcut?: string;
}

export function Button({
  look = "secondary",
  icon,
  children,
  wide,
  isPending = false,
  keyShortcut,
  onPress,
  type,
  ...props
}: ButtonProps) {
  const { isDisabled } = props;
  return (
    <AriaButton
      {...props}
      // Among the attributes that react-aria passes on, the shortcut isn't. And it clicks for whoever pressed a
      // moment ago, also when the button couldn't be pressed then and has come to be since.
      render={(dom) => (
        <button {...dom} aria-keyshortcuts={keyShortcut} onPointerDown={isDisabled ? undefined : dom.onPointerDown} />
      )}
      type={isPending ? "button" : type}
      onPress={isPending ? undefined : onPress}
      aria-disabled={isPending || undefined}
      className={cx(styles.button, styles[look], children === undefined && styles.icon, wide && styles.wide)}
    >
      {isPending ? <span className={styles.spinner} aria-hidden="true" /> : icon}
      {children}
    </AriaButton>
  );
}

interface ButtonLinkProps {
  to: string;
  look?: ButtonProps["look"];
  keyShortcut?: string;
  icon?: ReactNode;
  children: ReactNode;
}

/** Leads to another screen, and looks like what acts on this one. */
export function ButtonLink({ to, look = "secondary", icon, keyShortcut, children }: ButtonLinkProps) {
  return (
    <AriaLink
      href={to}
      render={(dom) => ("href" in dom ? <a {...dom} aria-keyshortcuts={keyShortcut} /> : <span {...dom} />)}
      className={cx(styles.button, styles[look])}
    >
      {icon}
      {children}
    </AriaLink>
  );
}
