"use client";

import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ButtonProps as AriaButtonProps } from "react-aria-components";
import { Button as AriaButton } from "react-aria-components";
import { cx } from "@/components/cx";

/** What a button means: the one main step, an ordinary one, one that takes something away, one in the margin. */
export type ButtonVariant = "primary" | "secondary" | "danger" | "quiet";

const base =
  "inline-flex items-center justify-center gap-2 rounded-md border text-center font-medium no-underline " +
  "data-pending:cursor-progress data-disabled:cursor-not-allowed";

const variants: Readonly<Record<ButtonVariant, string>> = {
  primary:
    "border-accent bg-accent text-white hover:border-accent-strong hover:bg-accent-strong " +
    "data-disabled:border-field data-disabled:bg-draft-soft data-disabled:text-muted",
  secondary:
    "border-field bg-paper text-ink hover:border-ink hover:bg-page data-disabled:border-line data-disabled:text-muted",
  danger:
    "border-danger bg-danger text-white hover:border-danger-strong hover:bg-danger-strong " +
    "data-disabled:border-field data-disabled:bg-draft-soft data-disabled:text-muted",
  quiet:
    "border-transparent bg-transparent text-accent hover:bg-accent-soft hover:text-accent-strong data-disabled:text-muted",
};

const sizes = {
  normal: "min-h-11 px-4 py-1.5 md:min-h-10",
  small: "min-h-11 px-3 py-0.5 text-sm md:min-h-8",
} as const;

/** The class names of a button, for an element that must look like one. */
export function buttonClass(
  variant: ButtonVariant = "secondary",
  size: "normal" | "small" = "normal",
): string {
  return cx(base, variants[variant], sizes[size]);
}

/**
 * A button. Its text says what it does ("Nộp 159 gia đình"). While `isPending` it keeps its place and focus,
 * cannot be pressed again and shows `pendingLabel`.
 */
export function Button({
  variant = "secondary",
  size = "normal",
  pendingLabel = "Đang thực hiện…",
  icon,
  children,
  className,
  ...props
}: Readonly<
  Omit<AriaButtonProps, "children" | "className"> & {
    variant?: ButtonVariant;
    size?: "normal" | "small";
    pendingLabel?: string;
    icon?: ReactNode;
    children: ReactNode;
    className?: string;
  }
>) {
  return (
    <AriaButton {...props} className={cx(buttonClass(variant, size), className)}>
      {icon}
      {props.isPending ? pendingLabel : children}
    </AriaButton>
  );
}

/** A link that leads to a step and looks like a button. */
export function LinkButton({
  href,
  variant = "secondary",
  size = "normal",
  icon,
  children,
  className,
  prefetch,
}: Readonly<{
  href: string;
  variant?: ButtonVariant;
  size?: "normal" | "small";
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
  prefetch?: boolean;
}>) {
  return (
    <Link href={href as Route} prefetch={prefetch} className={cx(buttonClass(variant, size), className)}>
      {icon}
      {children}
    </Link>
  );
}

/** A button that shows only an icon; `label` is its name for those who do not see it, and its tooltip. */
export function IconButton({
  label,
  icon,
  className,
  ...props
}: Readonly<
  Omit<AriaButtonProps, "children" | "className"> & { label: string; icon: ReactNode; className?: string }
>) {
  return (
    <AriaButton
      {...props}
      aria-label={label}
      className={cx(
        "inline-flex size-11 items-center justify-center rounded-md border border-transparent text-ink",
        "hover:bg-draft-soft data-disabled:text-muted md:size-9",
        className,
      )}
    >
      <span aria-hidden="true" title={label} className="inline-flex">
        {icon}
      </span>
    </AriaButton>
  );
}
