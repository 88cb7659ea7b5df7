import type { Actor } from "@/domain/access/access";
import { searchRegister } from "@/features/registry/data/finding";
import { readList } from "@/features/registry/data/list";
import type { RegistryFilter } from "@/features/registry/filter";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import type { World } from "./registry-data";
import { RARE_NAME } from "./registry-data";

/** One thing a person asks of the register; `ask` says how many rows came back. */
export type Case = Readonly<{ name: string; who: "xã" | "tỉnh"; ask: () => Promise<number> }>;

type Asker = Pick<Actor, "id">;

/** First pages of lists with their counts, a page deep inside, and searches, each as the page or the search route asks for it. */
export function casesOf(
  who: Case["who"],
  actor: Asker,
  { unitId, year, code, from }: Readonly<{ unitId: number; year: World["year"]; code: string; from: string }>,
): Case[] {
  const filter = (more: Partial<RegistryFilter>): RegistryFilter => ({
    unitId,
    year,
    title: "FAMILY",
    sort: "name",
    ...more,
  });
  const list = (name: string, more: Partial<RegistryFilter>, after?: string): Case => ({
    name: `danh sách: ${name}`,
    who,
    ask: () =>
      withScope(actor, async (tx: Tx) => {
        const page = await readList(tx, filter(more), {
          after,
          on: new Date(Date.UTC(year, 11, 31)),
          isAboveCommune: who === "tỉnh",
          isTracked: true,
        });

        return page.list.rows.length;
      }),
  });
  const search = (
    name: string,
    text: string,
    more: Partial<RegistryFilter> = { title: "CITIZEN" },
  ): Case => ({
    name: `tìm: ${name}`,
    who,
    ask: () =>
      withScope(actor, async (tx: Tx) => (await searchRegister(tx, filter(more), { text })).rows.length),
  });

  return [
    list("hộ theo tên", {}),
    list("công dân theo tên", { title: "CITIZEN" }),
    list("công dân, trang ở giữa", { title: "CITIZEN" }, from),
    list("hộ mới ghi", { sort: "newest" }),
    ...(who === "xã" ? [list("hộ theo thôn", { sort: "hamlet" })] : []),
    list("hộ nghèo", { poverty: "POOR" }),
    list("hộ hội viên có con đi học", { isAssociationMember: true, hasSchoolAgeChildren: true }),
    list("hộ chưa đăng ký", { state: "chua-dang-ky" }),
    list("hộ đã chấm", { state: "da-cham" }),
    list("hộ đang chấm (rất ít)", { state: "dang-cham" }),
    list("công dân là học sinh", { title: "CITIZEN", variant: "STUDENT" }),
    list("công dân chưa gắn hộ", { title: "CITIZEN", hasHousehold: false }),
    list("công dân đã thôi theo dõi", { title: "CITIZEN", isClosed: true }),
    list("đơn vị là trường học", { title: "ORGANISATION", kind: "SCHOOL" }),
    search("họ và đệm thường gặp", "nguyen van"),
    search("tên thường gặp", "hoa"),
    search("cả họ tên", "nguyễn thị hoa"),
    search("đảo từ", "hoa nguyen thi"),
    search("tên hiếm", RARE_NAME),
    search("gõ sai một chữ", "nguyne thi hoa"),
    search("không có", "zzqqxx"),
    search("theo mã", code),
    search("tên và thôn", "hoa goc da"),
    search("hộ nghèo họ Nguyễn", "nguyen", { poverty: "POOR" }),
  ];
}
