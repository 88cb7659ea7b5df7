"use client";

import { usePathname } from "next/navigation";
import { Tabs } from "@/components/data/tabs";

const TABS = [
  { href: "/quan-tri", label: "Tài khoản" },
  { href: "/quan-tri/phan-quyen", label: "Phân quyền" },
  { href: "/quan-tri/dia-gioi", label: "Địa giới" },
  { href: "/quan-tri/bo-tieu-chi", label: "Bộ tiêu chí" },
  { href: "/quan-tri/nhat-ky", label: "Nhật ký" },
];

/** The parts of the administrator's job. */
export function AdminTabs() {
  const pathname = usePathname();
  const items = TABS.map((tab) => ({
    ...tab,
    isCurrent:
      tab.href === "/quan-tri"
        ? pathname === "/quan-tri" || /^\/quan-tri\/[0-9a-f]{8}-/.test(pathname)
        : pathname.startsWith(tab.href),
  }));

  return <Tabs label="Quản trị" items={items} />;
}
