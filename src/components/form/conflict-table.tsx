import type { FormConflict } from "./form-state";

/** Shows what was typed beside what somebody else saved meanwhile, field by field. */
export function ConflictTable({ conflict }: Readonly<{ conflict: readonly FormConflict[] }>) {
  return (
    <div className="rounded-md border border-warn bg-warn-soft p-4">
      <p className="font-semibold text-warn">! Người khác đã sửa trước khi anh/chị lưu</p>
      <p className="mt-1 text-sm">Hãy đối chiếu, sửa lại bên dưới nếu cần, rồi bấm lưu lần nữa.</p>
      <div className="table-scroll mt-3 overflow-x-auto contain-inline-size">
        <table className="w-full border-collapse text-sm">
          <thead>
            <tr className="border-b border-warn text-left">
              <th scope="col" className="py-2 pr-4 font-semibold">
                Mục
              </th>
              <th scope="col" className="py-2 pr-4 font-semibold">
                Anh/chị vừa nhập
              </th>
              <th scope="col" className="py-2 font-semibold">
                Đang lưu trong hệ thống
              </th>
            </tr>
          </thead>
          <tbody>
            {conflict.map((field) => (
              <tr key={field.label} className="border-b border-line last:border-0">
                <th scope="row" className="py-2 pr-4 text-left font-normal">
                  {field.label}
                </th>
                <td className="py-2 pr-4">{field.yours || "(trống)"}</td>
                <td className="py-2">{field.theirs || "(trống)"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
