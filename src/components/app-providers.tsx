"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";

/** Tells the interactive components which language to count and sort in, and how to follow a link. */
export function AppProviders({ children }: Readonly<{ children: ReactNode }>) {
  const router = useRouter();

  return (
    <I18nProvider locale="vi-VN">
      <RouterProvider navigate={(href) => router.push(href as Route)}>{children}</RouterProvider>
    </I18nProvider>
  );
}
