"use client";

import type { Route } from "next";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Banner } from "@/components/feedback/banner";
import { listKept } from "./kept-answers";

/** Reminds of sheets whose last answers could not be sent from this machine; opening one sends them. */
export function KeptNotice({ actorId }: Readonly<{ actorId: string }>) {
  const [kept, setKept] = useState<readonly string[]>([]);
  useEffect(() => setKept(listKept(actorId)), [actorId]);
  if (kept.length === 0) return null;

  return (
    <Banner tone="warn" title={`${kept.length} phiếu còn số chưa gửi được từ máy này`}>
      Mở phiếu để gửi:{" "}
      {kept.map((id, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <Link href={`/cham-diem/${id}` as Route} className="link">
            phiếu {index + 1}
          </Link>
        </span>
      ))}
      .
    </Banner>
  );
}
