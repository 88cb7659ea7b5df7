import type { LeftOut } from "../types";
import { leftOutText } from "../utils";
import { DownloadLink } from "./download-link";

/** Takes the rows that stay out as a workbook with their reasons. */
export function BadRowsLink({ batchId, left }: Readonly<{ batchId: string; left: LeftOut }>) {
  return <DownloadLink href={`/nhap-lieu/${batchId}/dong-loi`}>Tải {leftOutText(left)}</DownloadLink>;
}
