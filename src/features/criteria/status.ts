const NAMES: Readonly<Record<string, string>> = {
  PUBLISHED: "Đã ban hành",
  TEMPLATE: "Bộ mẫu",
  DRAFT: "Dự thảo, chưa dùng được",
};

/** What the state of a criteria set is called on screen. */
export function statusName(status: string): string {
  return NAMES[status] ?? status;
}

/** Its colour, always beside the name. */
export function statusTone(status: string): "ok" | "warn" | "draft" {
  if (status === "PUBLISHED") return "ok";

  return status === "TEMPLATE" ? "warn" : "draft";
}
