"use client";

import { Printer } from "lucide-react";
import { Button } from "@/components/button";

/** Opens the browser's print box for this page. */
export function PrintButton({ label = "In trang này" }: Readonly<{ label?: string }>) {
  return (
    <Button
      className="print:hidden"
      onPress={() => window.print()}
      icon={<Printer aria-hidden="true" className="size-4" />}
    >
      {label}
    </Button>
  );
}
