"use client";

import type { ReactNode } from "react";
import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";

/** A "?" that explains the word before it; opens by press, so it also works by touch. */
export function HelpTip({ label, children }: Readonly<{ label: string; children: ReactNode }>) {
  return (
    <DialogTrigger>
      <Button
        aria-label={label}
        className="relative z-10 inline-flex size-5 items-center justify-center rounded-full border border-field align-text-bottom text-xs font-semibold text-muted before:absolute before:-inset-3 before:content-[''] hover:border-ink hover:text-ink md:before:-inset-1 print:hidden"
      >
        ?
      </Button>
      <Popover className="max-w-80 rounded-md border border-field bg-paper shadow-float">
        <Dialog aria-label={label} className="p-4 text-sm outline-none">
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
