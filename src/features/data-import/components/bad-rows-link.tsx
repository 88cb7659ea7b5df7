import { formatCount } from "@/lib/format/number";
import { DownloadLink } from "./download-link";

/** Takes the rejected rows out as a workbook with their reasons. */
export function BadRowsLink({ batchId, rows }: Readonly<{ batchId: string; rows: number }>) {
  return (
    <DownloadLink href={`/nhap-lieu/${batchId}/dong-loi`}>Tải {formatCount(rows)} dòng lỗi</DownloadLink>
  );
}
