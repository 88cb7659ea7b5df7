import { Download } from "lucide-react";
import { buttonClass } from "@/components/button";
import { formatCount } from "@/lib/format/number";

/** Takes the rejected rows out as a file. A plain link, since a download is not a page to go to. */
export function BadRowsLink({ batchId, rows }: Readonly<{ batchId: string; rows: number }>) {
  return (
    <a href={`/nhap-lieu/${batchId}/dong-loi`} download className={buttonClass()}>
      <Download aria-hidden="true" className="size-4" />
      Tải {formatCount(rows)} dòng lỗi
    </a>
  );
}
