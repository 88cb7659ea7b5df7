"use client";

import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/button";

/** Takes a file out. A plain link, since a download is not a page to go to. */
export function DownloadLink({ href, children }: Readonly<{ href: string; children: ReactNode }>) {
  return (
    <a href={href} download className={buttonClass()}>
      <Download aria-hidden="true" className="size-4" />
      {children}
    </a>
  );
}
