import type { ReactNode } from "react";
import { AdminTabs } from "@/features/user/components/admin-tabs";

export default function AdminLayout({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <>
      <AdminTabs />
      {children}
    </>
  );
}
