import { DateField } from "@/components/form/date-field";
import { TextField } from "@/components/form/text-field";

/** Where the numbers just typed come from: one source and its day for all of them. */
export function OriginFields() {
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-4">
      <div className="min-w-0 grow basis-80">
        <TextField
          name="source"
          label="Nguồn của các số vừa nhập hoặc sửa"
          hint="Tên văn bản, báo cáo hoặc niên giám; ví dụ “Báo cáo 45/BC-HKH”."
          maxLength={300}
          width="full"
        />
      </div>
      <DateField name="datedOn" label="Ngày của nguồn" hint="Ngày/tháng/năm ghi trên văn bản" />
    </div>
  );
}
