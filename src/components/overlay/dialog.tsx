"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { ButtonVariant } from "@/components/button";
import { Button, IconButton } from "@/components/button";
import { cx } from "@/components/cx";

/** The button that opens a dialog. */
export type DialogOpener = Readonly<{
  label: ReactNode;
  variant?: ButtonVariant;
  size?: "normal" | "small";
  isDisabled?: boolean;
}>;

/**
 * A box over the page for one short task. Opened by `trigger`, or by its owner through `isOpen`/`onOpenChange`.
 * Focus stays inside and returns to where it came from; Escape closes.
 */
export function Dialog({
  title,
  trigger,
  isOpen,
  onOpenChange,
  isAlert = false,
  size = "normal",
  children,
}: Readonly<{
  title: string;
  trigger?: DialogOpener;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  isAlert?: boolean;
  size?: "normal" | "wide";
  children: ReactNode | ((close: () => void) => ReactNode);
}>) {
  const overlay = (
    <ModalOverlay
      isDismissable={!isAlert}
      isOpen={trigger ? undefined : isOpen}
      onOpenChange={trigger ? undefined : onOpenChange}
      className="fixed inset-0 z-40 flex items-end justify-center bg-ink/50 sm:items-center sm:p-6"
    >
      <Modal
        className={cx(
          "flex max-h-[92dvh] w-full flex-col bg-paper shadow-float max-sm:rounded-t-lg sm:rounded-lg",
          size === "wide" ? "sm:max-w-3xl" : "sm:max-w-lg",
        )}
      >
        <AriaDialog role={isAlert ? "alertdialog" : "dialog"} className="flex min-h-0 flex-col outline-none">
          {({ close }) => (
            <>
              <div className="flex items-start justify-between gap-4 px-5 pt-5">
                <Heading slot="title" className="text-lg font-semibold">
                  {title}
                </Heading>
                <IconButton
                  label="Đóng"
                  onPress={close}
                  icon={<X className="size-5" />}
                  className="-mt-2 -mr-2 shrink-0"
                />
              </div>
              <div className="min-h-0 overflow-y-auto px-5 pt-2 pb-5">
                {typeof children === "function" ? children(close) : children}
              </div>
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );

  if (!trigger) return overlay;

  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button variant={trigger.variant} size={trigger.size} isDisabled={trigger.isDisabled}>
        {trigger.label}
      </Button>
      {overlay}
    </DialogTrigger>
  );
}
