"use client";

import { useId } from "react";
import { SectionCard } from "@/components/layout/section-card";
import type { PlanSettings } from "../columns/draft";
import { PlainSelect } from "./plain-select";
import { PolicyChoice } from "./policy-choice";

/** What holds for the whole file: the year, what "đăng ký" and "đạt" do, what happens to entries that are there already. */
export function SettingsCard({
  settings,
  years,
  canRegister,
  yearOfFile,
  hasRegistrations,
  hasResults,
  onChange,
}: Readonly<{
  settings: PlanSettings;
  years: readonly number[];
  canRegister: boolean;
  yearOfFile: number | undefined;
  hasRegistrations: boolean;
  hasResults: boolean;
  onChange: (change: Partial<PlanSettings>) => void;
}>) {
  const hint = useId();

  return (
    <SectionCard title="Ghi như thế nào?">
      <div className="flex flex-col gap-5">
        <div>
          <PlainSelect
            label="Danh sách này của năm nào?"
            describedBy={hint}
            value={String(settings.year)}
            options={years.map((year) => ({ value: String(year), label: String(year) }))}
            onChange={(value) => onChange({ year: Number(value) })}
          />
          <p id={hint} className="mt-1 text-sm text-muted">
            {yearText(yearOfFile, settings.year, years)}
          </p>
        </div>
        {(hasRegistrations || hasResults) && (
          <fieldset>
            <legend className="font-medium">Kết quả thi đua ghi trong tệp</legend>
            {hasRegistrations && (
              <Box
                isChecked={settings.takeRegistrations && canRegister}
                isDisabled={!canRegister}
                onChange={(takeRegistrations) => onChange({ takeRegistrations })}
                label={`Đăng ký thi đua năm ${settings.year} cho những dòng có đánh dấu “đăng ký”`}
                hint={
                  canRegister
                    ? undefined
                    : `Xã không có đợt xét năm ${settings.year} nên không đăng ký được; các mục vẫn được ghi vào sổ.`
                }
              />
            )}
            {hasResults && (
              <Box
                isChecked={settings.takeResults}
                onChange={(takeResults) => onChange({ takeResults })}
                label={`Lấy số “đạt” theo từng thôn làm số liệu nhập của năm ${settings.year}`}
                hint="Chỉ là con số tổng của thôn. Công nhận từng mục vẫn phải qua chấm điểm và thẩm định."
              />
            )}
          </fieldset>
        )}
        <PolicyChoice value={settings.policy} onChange={(policy) => onChange({ policy })} />
      </div>
    </SectionCard>
  );
}

function yearText(named: number | undefined, chosen: number, years: readonly number[]): string {
  if (named === undefined) return "Đăng ký và kết quả trong tệp được tính cho năm này.";
  if (named === chosen) return `Trong tệp ghi năm ${named}.`;
  if (!years.includes(named)) return `Trong tệp ghi năm ${named}, nhưng chưa có đợt xét của năm ấy.`;

  return `Trong tệp ghi năm ${named}; đang chọn ${chosen}.`;
}

function Box({
  label,
  hint,
  isChecked,
  isDisabled = false,
  onChange,
}: Readonly<{
  label: string;
  hint?: string | undefined;
  isChecked: boolean;
  isDisabled?: boolean;
  onChange: (isChecked: boolean) => void;
}>) {
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-3 py-2 md:min-h-9 md:py-1.5">
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <span>
        {label}
        {hint && <span className="block text-sm text-muted">{hint}</span>}
      </span>
    </label>
  );
}
