"use client";

import { Button } from "@/components/button";
import type { FormConflict } from "./form-state";

/**
 * Shows what was typed (or seen) beside what somebody else saved meanwhile, field by field. Where a field can take over what
 * is stored, a button does it and takes it back; everything else that was typed stays.
 */
export function ConflictTable({
  conflict,
  taken,
  onTake,
}: Readonly<{
  conflict: readonly FormConflict[];
  /** labels of the fields that now hold what is stored */
  taken: ReadonlySet<string>;
  onTake: (field: FormConflict, isTheirs: boolean) => void;
}>) {
  const isSeen = conflict.every((field) => field.isSeen);
  const canTake = conflict.some((field) => field.take);

  return (
    <div className="rounded-md border border-warn bg-warn-soft p-4">
      <p className="font-semibold text-warn">! Người khác đã sửa trước khi anh/chị lưu</p>
      <p className="mt-1 text-sm">
        {canTake
          ? "Ở mỗi mục hãy giữ giá trị của mình hoặc lấy giá trị đang lưu, rồi bấm lưu lần nữa."
          : isSeen
            ? "Hãy xem giá trị mới; nếu bước này vẫn đúng, bấm lần nữa."
            : "Hãy đối chiếu, sửa lại bên dưới nếu cần, rồi bấm lưu lần nữa."}
      </p>
      <div className="table-scroll mt-3 overflow-x-auto contain-inline-size">
        <table className="w-full border-collapse text-sm">
          <thead>
            <tr className="border-b border-warn text-left">
              <th scope="col" className="py-2 pr-4 font-semibold">
                Mục
              </th>
              <th scope="col" className="py-2 pr-4 font-semibold">
                {isSeen ? "Khi anh/chị mở trang" : "Anh/chị vừa nhập"}
              </th>
              <th scope="col" className="py-2 pr-4 font-semibold">
                Đang lưu trong hệ thống
              </th>
              {canTake && (
                <th scope="col" className="py-2 font-semibold">
                  Giữ giá trị nào
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {conflict.map((field) => (
              <tr key={field.label} className="border-b border-line last:border-0">
                <th scope="row" className="py-2 pr-4 text-left font-normal">
                  {field.label}
                </th>
                <td className="py-2 pr-4">{field.yours || "(trống)"}</td>
                <td className="py-2 pr-4">{field.theirs || "(trống)"}</td>
                {canTake && (
                  <td className="py-2">
                    {field.take && (
                      <Button size="small" onPress={() => onTake(field, !taken.has(field.label))}>
                        {taken.has(field.label) ? "✓ Đã lấy giá trị đang lưu" : "Lấy giá trị đang lưu"}
                        <span className="sr-only">: {field.label}</span>
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
