import type { Metadata } from "next";
import { LinkButton } from "@/components/button";
import { PageHeader } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { jobLabel } from "@/features/registry/bulk";
import { BulkDone } from "@/features/registry/components/bulk-done";
import { BulkAsk } from "@/features/registry/components/bulk-form";
import { BulkPreviewCard } from "@/features/registry/components/bulk-preview";
import { kindOf } from "@/features/registry/constants";
import { loadBulk } from "@/features/registry/loaders/bulk";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Sửa hàng loạt" };

export default async function Page({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const page = await loadBulk(searchParams);
  const { scope, title, list, ids, count, jobs, job, change, done } = page;
  const { nounVi } = kindOf(title);
  const listHref = `/so-theo-doi?${list}`;
  const keep = [...new URLSearchParams(list), ...ids.map((id) => ["muc", id] as const)];
  const own = new URLSearchParams(keep.map(([name, value]) => [name, value])).toString();
  const isWithMembers = title === "FAMILY" && job === "close";

  return (
    <>
      <PageHeader
        title={`Sửa hàng loạt ${nounVi}`}
        crumbs={[
          { label: `Sổ theo dõi ${inSentence(scope.unit.name)}`, href: listHref },
          { label: "Sửa hàng loạt" },
        ]}
        state={
          done
            ? undefined
            : ids.length > 0
              ? `${formatCount(count)} ${nounVi} đã đánh dấu`
              : `Tất cả ${formatCount(count)} ${nounVi} theo bộ lọc`
        }
      />
      {done ? (
        <BulkDone step={done} listHref={listHref} />
      ) : (
        <div className="flex flex-col gap-5">
          <SectionCard title="Đổi điều gì?">
            <ul className="flex flex-wrap gap-2">
              {jobs.map((one) => (
                <li key={one}>
                  <LinkButton
                    size="small"
                    variant={one === job ? "primary" : "secondary"}
                    href={`/so-theo-doi/hang-loat?${own}&viec=${one}`}
                  >
                    {jobLabel(one)}
                  </LinkButton>
                </li>
              ))}
            </ul>
            {jobs.length === 0 && <p>Thôn được đổi tên, sáp nhập, tách ở trang của thôn.</p>}
            {job && (
              <div className="mt-5 border-t border-line pt-5">
                <BulkAsk
                  key={job}
                  keep={keep}
                  job={job}
                  label={jobLabel(job)}
                  options={page.options}
                  isReference={job === "clanId" || job === "organisationId"}
                  values={
                    change || page.problem
                      ? {
                          "gia-tri": change?.value ?? "",
                          ngay: change?.on ?? "",
                          kem: change?.withMembers ? "on" : "",
                        }
                      : {}
                  }
                  fields={page.problem?.fields ?? {}}
                  withMembers={isWithMembers ? (change?.withMembers ?? true) : undefined}
                />
              </div>
            )}
          </SectionCard>
          {page.preview && change && <BulkPreviewCard page={page} preview={page.preview} change={change} />}
        </div>
      )}
    </>
  );
}
