"use client";

import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { startTransition } from "react";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";

/** One entry of a menu: a link, a server action without input (signing out), or a function of the page. */
export type MenuEntry = Readonly<{
  id: string;
  label: ReactNode;
  textValue?: string;
  href?: string;
  action?: () => Promise<void>;
  onSelect?: () => void;
}>;

/**
 * A button that opens a short list of steps (who is signed in).
 *
 * @param heading shown above the entries: name and role of the person
 */
export function MenuButton({
  label,
  icon,
  accessibleLabel,
  heading,
  entries,
}: Readonly<{
  label: ReactNode;
  icon?: ReactNode;
  accessibleLabel?: string;
  heading?: ReactNode;
  entries: readonly MenuEntry[];
}>) {
  return (
    <MenuTrigger>
      <Button
        aria-label={accessibleLabel}
        className="inline-flex min-h-11 max-w-56 items-center gap-2 rounded-md border border-transparent px-2 text-sm font-medium hover:bg-page md:min-h-9"
      >
        {icon && <span className="shrink-0 [&>svg]:size-5">{icon}</span>}
        <span className="truncate max-sm:sr-only">{label}</span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
      </Button>
      <Popover
        placement="bottom end"
        className="min-w-56 rounded-md border border-field bg-paper py-1 shadow-float"
      >
        <Menu className="outline-none">
          <MenuSection>
            {heading && <Header className="border-b border-line px-4 pt-2 pb-3 text-sm">{heading}</Header>}
            {entries.map((entry) => (
              <MenuItem
                key={entry.id}
                id={entry.id}
                href={entry.href}
                textValue={entry.textValue ?? (typeof entry.label === "string" ? entry.label : entry.id)}
                onAction={() => {
                  entry.onSelect?.();
                  if (entry.action) startTransition(entry.action);
                }}
                className="flex min-h-11 cursor-pointer items-center px-4 text-sm no-underline data-focused:bg-accent-soft md:min-h-10"
              >
                {entry.label}
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
