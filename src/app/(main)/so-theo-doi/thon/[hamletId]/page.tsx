import type { Metadata } from "next";
import { LinkButton } from "@/components/button";
import { DataTable } from "@/components/data/data-table";
import { Banner } from "@/components/feedback/banner";
import { PageHeader } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { DifficultYears } from "@/features/hamlet/components/difficult-years";
import { RenameDialog } from "@/features/hamlet/components/rename-dialog";
import type { HamletPage } from "@/features/hamlet/loaders";
import { loadHamlet } from "@/features/hamlet/loaders";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { optionalNumber, param } from "@/features/user/page-scope";
import { formatDate } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Thôn" };

export default async function Page({
  params,
  searchParams,
}: Readonly<{ params: Promise<{ hamletId: string }>; searchParams: SearchParams }>) {
  const { hamletId } = await params;
  const page = await loadHamlet(hamletId, searchParams);
  const { hamlet, canWrite, year, names } = page;
  const query = await searchParams;
  const done = param(query, "da");
  const moved = formatCount(optionalNumber(param(query, "muc")?.replace(/^0$/, "")) ?? 0);

  return (
    <>
      <PageHeader
        title={hamlet.name}
        crumbs={[
          {
            label: `Sổ theo dõi ${inSentence(hamlet.commune.name)}`,
            href: `/so-theo-doi?don-vi=${hamlet.commune.id}&nam=${year}&mo-hinh=${TITLE_SLUGS.COMMUNITY}`,
          },
          { label: hamlet.name },
        ]}
        state={`${hamlet.kind} · mã ${hamlet.code} · ${hamlet.commune.name}`}
        action={
          hamlet.community && (
            <LinkButton href={`/so-theo-doi/${hamlet.community.id}`}>Kết quả Cộng đồng học tập</LinkButton>
          )
        }
      />
      {done === "sap-nhap" && (
        <div role="status">
          <Banner tone="ok" title={`Đã sáp nhập; ${moved} mục đã chuyển về thôn này`} />
        </div>
      )}
      {done === "tach" && (
        <div role="status">
          <Banner tone="ok" title={`Đã tách; ${moved} mục đã chuyển sang thôn này`} />
        </div>
      )}
      {hamlet.validTo && (
        <Banner title={`Thôn đã kết thúc từ ngày ${formatDate(hamlet.validTo)}`}>
          Số liệu trước ngày này vẫn giữ nguyên để tra cứu.
        </Banner>
      )}
      <div className="flex flex-col gap-5">
        <SectionCard
          title="Thôn có tên gì, từ bao giờ?"
          isFlush
          action={
            canWrite && (
              <RenameDialog hamletId={hamlet.id} name={names[0]?.name ?? hamlet.name} kind={hamlet.kind} />
            )
          }
        >
          <DataTable
            caption="Tên của thôn theo thời gian"
            hasFrame={false}
            rows={names}
            rowKey={({ validFrom }) => validFrom}
            columns={[
              { key: "name", header: "Tên", cell: ({ name }) => name, isRowHeader: true },
              { key: "kind", header: "Loại", cell: ({ kind }) => kind },
              { key: "from", header: "Từ ngày", cell: ({ validFrom }) => formatDate(validFrom) },
              {
                key: "to",
                header: "Đến trước ngày",
                cell: ({ validTo }) => (validTo ? formatDate(validTo) : "nay"),
              },
            ]}
          />
        </SectionCard>
        <SectionCard
          title="Sáp nhập, tách"
          action={
            canWrite && (
              <div className="flex flex-wrap gap-2">
                <LinkButton size="small" href={`/so-theo-doi/thon/${hamlet.id}/sap-nhap`}>
                  Sáp nhập…
                </LinkButton>
                <LinkButton size="small" href={`/so-theo-doi/thon/${hamlet.id}/tach`}>
                  Tách…
                </LinkButton>
              </div>
            )
          }
        >
          <Successions page={page} />
        </SectionCard>
        <SectionCard
          title="Năm nào thuộc diện đặc biệt khó khăn?"
          note="Thôn thuộc diện này trong năm nào thì chỉ tiêu của năm ấy áp dụng mức dành cho vùng đặc biệt khó khăn."
        >
          <DifficultYears
            hamletId={hamlet.id}
            years={page.years}
            difficultYears={page.difficultYears}
            canWrite={canWrite}
          />
        </SectionCard>
      </div>
    </>
  );
}

function Successions({ page }: Readonly<{ page: HamletPage }>) {
  if (page.successions.length === 0) return <p className="text-muted">Chưa sáp nhập hay tách lần nào.</p>;

  return (
    <ul className="flex flex-col gap-2">
      {page.successions.map(({ direction, unitId, name, on, isWhole }) => (
        <li key={`${direction}${unitId}`}>
          {formatDate(on)}:{" "}
          {direction === "BECAME" ? (isWhole ? "nhập vào " : "tách ra ") : isWhole ? "nhận " : "tách từ "}
          <a className="text-accent underline" href={`/so-theo-doi/thon/${unitId}`}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
