import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { Link } from "wouter";

type Kind = "plain" | "primary" | "quiet" | "danger";

export interface ButtonProps extends AriaButtonProps {
  kind?: Kind;
  size?: "s" | "m";
}

export function Button({ kind = "plain", size = "m", ...rest }: ButtonProps) {
  return <AriaButton className="button" data-kind={kind} data-size={size} {...rest} />;
}

interface LinkButtonProps {
  to: string;
  kind?: Kind;
  size?: "s" | "m";
  children: ReactNode;
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function LinkButton({ to, kind = "plain", size = "m", children }: LinkButtonProps) {
  return (
    <Link href={to} className="button" data-kind={kind} data-size={size}>
      {children}
    </Link>
  );
}
