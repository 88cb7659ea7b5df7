"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { Form } from "@/components/form/form";
import { useField } from "@/components/form/form-context";
import { FormField } from "@/components/form/form-field";
import type { FormState } from "@/components/form/form-state";
import { formValues } from "@/components/form/form-state";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { OriginFields } from "../../components/origin-fields";

type Answer = { batchId?: string; error?: { message: string; fields?: Record<string, string> } };

/** Sends a file of figures to be checked; nothing is written by it. */
export function UploadForm({ unitId, year }: Readonly<{ unitId: number; year: number }>) {
  const router = useRouter();

  async function send(_previous: FormState, data: FormData): Promise<FormState> {
    const answer = await fetch("/api/so-chinh-thuc/tep", { method: "POST", body: data });
    const body = (await answer.json()) as Answer;
    if (answer.ok && body.batchId) {
      router.push(`/bang-dieu-hanh/so-chinh-thuc/tep/${body.batchId}` as Route);

      return { status: "success", message: "Đã kiểm tra xong." };
    }
    const tooLarge =
      answer.status === 413 ? "Tệp lớn hơn 5 MB. Hãy chỉ giữ lại trang có số liệu rồi gửi lại." : undefined;

    return {
      status: "error",
      message: tooLarge ?? body.error?.message ?? "Chưa gửi được tệp. Hãy thử lại sau ít phút.",
      fieldErrors: body.error?.fields ?? {},
      values: formValues(data),
    };
  }

  return (
    <Form action={send} hidden={{ unitId, year }} label={`Gửi tệp của năm ${year}`}>
      <FileField />
      <OriginFields />
      <FormActions>
        <SubmitButton pendingLabel="Đang kiểm tra…">Kiểm tra tệp</SubmitButton>
      </FormActions>
    </Form>
  );
}

function FileField() {
  const hint = "Mẫu đã tải về, hoặc bảng có cột tên đơn vị và các cột số liệu; .xlsx hoặc CSV, tối đa 5 MB.";
  const field = useField({ name: "file", hint });

  return (
    <FormField {...field} label="Tệp số liệu" hint={hint}>
      <input
        {...field.inputProps}
        name="file"
        type="file"
        accept=".xlsx,.csv"
        className="block max-w-full rounded-md border border-field bg-paper p-2 text-sm file:mr-3 file:rounded-sm file:border-0 file:bg-accent-soft file:px-3 file:py-2 file:text-accent"
      />
    </FormField>
  );
}
