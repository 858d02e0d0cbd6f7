import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { cx } from "../lib/cx.ts";
import styles from "./button.module.css";

interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  look?: "primary" | "secondary" | "quiet" | "danger";
  icon?: ReactNode;
  /** Without children the icon is all there is, and `aria-label` says what it does. */
  children?: ReactNode;
  wide?: boolean;
}

export function Button({ look = "secondary", icon, children, wide, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      className={cx(styles.button, styles[look], children === undefined && styles.icon, wide && styles.wide)}
    >
      {({ isPending }) => (
        <>
          {isPending ? <span className={styles.spinner} aria-hidden="true" /> : icon}
          {children}
        </>
      )}
    </AriaButton>
  );
}
