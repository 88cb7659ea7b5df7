"use client";

import { CircleUser } from "lucide-react";
import { signOut } from "next-auth/react";
import { MenuButton } from "@/components/overlay/menu-button";

/** Who is signed in, and the way out. */
export function UserMenu({ name, roles }: Readonly<{ name: string; roles: readonly string[] }>) {
  return (
    <MenuButton
      label={name}
      icon={<CircleUser aria-hidden="true" />}
      accessibleLabel={`Tài khoản: ${name}`}
      heading={
        <>
          <span className="block font-semibold">{name}</span>
          {roles.map((role) => (
            <span key={role} className="block text-muted">
              {role}
            </span>
          ))}
        </>
      }
      entries={[
        { id: "account", label: "Tài khoản và mật khẩu", href: "/tai-khoan" },
        { id: "sign-out", label: "Đăng xuất", onSelect: () => void signOut({ callbackUrl: "/dang-nhap" }) },
      ]}
    />
  );
}
