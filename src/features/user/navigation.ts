import type { Capability, HeldGrant } from "@/domain/access/access";
import { canAnywhere } from "@/domain/access/access";

export type Job = "dashboard" | "registry" | "scoring" | "dossier" | "review" | "plan" | "admin";

const JOBS: {
  job: Job;
  href: string;
  label: string;
  shortLabel: string;
  any: Capability[];
  /** other addresses that belong to the job */
  alsoAt?: string[];
}[] = [
  {
    job: "dashboard",
    href: "/bang-dieu-hanh",
    label: "Bảng điều hành",
    shortLabel: "Điều hành",
    any: ["dashboard.read"],
  },
  {
    job: "registry",
    href: "/so-theo-doi",
    label: "Sổ theo dõi",
    shortLabel: "Sổ",
    any: ["registry.read"],
    alsoAt: ["/nhap-lieu"],
  },
  { job: "scoring", href: "/cham-diem", label: "Chấm điểm", shortLabel: "Chấm", any: ["assessment.write"] },
  { job: "dossier", href: "/ho-so", label: "Hồ sơ", shortLabel: "Hồ sơ", any: ["dossier.submit"] },
  { job: "review", href: "/tham-dinh", label: "Thẩm định", shortLabel: "Thẩm định", any: ["review.decide"] },
  { job: "plan", href: "/ke-hoach", label: "Kế hoạch", shortLabel: "Kế hoạch", any: ["dashboard.read"] },
  {
    job: "admin",
    href: "/quan-tri",
    label: "Quản trị",
    shortLabel: "Quản trị",
    any: ["user.manage", "territory.manage", "criteria.manage"],
  },
];

type Holder = Readonly<{ grants: readonly HeldGrant[] }>;

/** The jobs an actor does, in the order of the navigation. */
export function jobsOf(actor: Holder): typeof JOBS {
  return JOBS.filter(({ any }) => any.some((capability) => canAnywhere(actor, capability)));
}

/** Where an actor begins: the reviewer at the queue, the officer at scoring, everybody else at the dashboard. */
export function homeOf(actor: Holder): string {
  if (canAnywhere(actor, "review.decide")) return "/tham-dinh";
  if (canAnywhere(actor, "assessment.write")) return "/cham-diem";

  return jobsOf(actor)[0]?.href ?? "/tai-khoan";
}
