import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { classifyHamletAction } from "../actions";

/** The years of a hamlet, each with whether it is specially difficult and a button that says otherwise. */
export function DifficultYears({
  hamletId,
  years,
  difficultYears,
  canWrite,
}: Readonly<{
  hamletId: number;
  years: readonly number[];
  difficultYears: readonly number[];
  canWrite: boolean;
}>) {
  return (
    <ul className="divide-y divide-line">
      {years.map((year) => {
        const isDifficult = difficultYears.includes(year);

        return (
          <li key={year} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2">
            <span>
              Năm {year}:{" "}
              <span className={isDifficult ? "font-semibold text-warn" : "text-muted"}>
                {isDifficult ? "▲ đặc biệt khó khăn" : "không thuộc diện"}
              </span>
            </span>
            {canWrite && (
              <Form
                action={classifyHamletAction}
                hidden={{ hamletId, year, isDifficult: isDifficult ? "0" : "1" }}
                className=""
                label={`Năm ${year}`}
                key={String(isDifficult)}
              >
                <SubmitButton variant="secondary" size="small" pendingLabel="Đang ghi…">
                  {isDifficult ? `Bỏ diện năm ${year}` : `Ghi thuộc diện năm ${year}`}
                </SubmitButton>
              </Form>
            )}
          </li>
        );
      })}
    </ul>
  );
}
