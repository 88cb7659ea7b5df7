import "server-only";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/number";
import { MAX_KEPT_BYTES, MAX_OPEN_BATCHES } from "../constants";
import { countOpenBatches } from "../data";

const MEGABYTE = 1024 * 1024;

/**
 * Refuses one more file where a commune has too many under way. Uploads of one commune wait for each other, so that two at once
 * do not both find the last place.
 * @throws AppError TOO_LARGE
 */
export async function assertRoom(tx: Tx, communeId: number, byteSize: number): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('import-upload'), ${communeId}::int)::text`;
  const { open, bytes } = await countOpenBatches(tx, communeId);
  if (open >= MAX_OPEN_BATCHES) {
    throw new AppError({
      code: "TOO_LARGE",
      detail: `Xã đang có ${formatCount(open)} lượt nhập chưa xong, nhiều nhất là ${formatCount(MAX_OPEN_BATCHES)}. Hãy ghi hoặc huỷ bớt lượt cũ rồi gửi lại tệp.`,
    });
  }
  if (bytes + byteSize > MAX_KEPT_BYTES) {
    throw new AppError({
      code: "TOO_LARGE",
      detail: `Các tệp của xã đang được giữ đã gần đủ ${formatCount(MAX_KEPT_BYTES / MEGABYTE)} MB. Hãy huỷ bớt lượt cũ, hoặc đợi tệp cũ được xoá sau 7 ngày, rồi gửi lại.`,
    });
  }
}
