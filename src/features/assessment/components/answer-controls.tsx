"use client";

import { cx } from "@/components/cx";
import { inputClass } from "@/components/form/form-field";
import type { CriteriaItem } from "@/domain/criteria/criteria-set";
import { suggestTotals } from "@/features/assessment/denominators";
import type { RegisterCount } from "@/features/assessment/types";
import { formatCount } from "@/lib/format/number";
import type { Draft } from "./draft";

type ControlProps = Readonly<{
  item: CriteriaItem;
  draft: Draft;
  /** Ids of the texts that describe the item: guidance, error. */
  describedBy: string | undefined;
  isInvalid: boolean;
  isDisabled?: boolean;
  /** `isTyping`: more may follow, so that sending can wait a moment. */
  onChange: (change: Partial<Draft>, isTyping?: boolean) => void;
  onLeave: () => void;
}>;

const radioClass = "mt-0.5 size-5 shrink-0 cursor-pointer accent-accent";
const suggestionClass =
  "min-h-11 rounded-md border border-field bg-paper px-2 text-left text-accent hover:bg-accent-soft md:min-h-8";
const numberClass = cx(inputClass, "tabular max-w-28 text-right");

/** The field an item is answered in, by its kind. */
export function AnswerControl({
  registerCounts,
  ...props
}: ControlProps & Readonly<{ registerCounts: readonly RegisterCount[] }>) {
  switch (props.item.answer.kind) {
    case "yesNo":
      return (
        <Choices
          {...props}
          options={[
            ["yes", "Có"],
            ["no", "Không"],
          ]}
        />
      );
    case "level":
      return (
        <Choices
          {...props}
          options={[
            ["0", "Chưa đạt mức độ 1"],
            ["1", "Mức độ 1"],
            ["2", "Mức độ 2"],
          ]}
        />
      );
    case "scale":
      return <PointsField {...props} max={props.item.answer.max} />;
    case "share":
    case "levelShare":
      return <ShareFields {...props} registerCounts={registerCounts} />;
  }
}

function Choices({
  item,
  draft,
  describedBy,
  isInvalid,
  isDisabled,
  onChange,
  options,
}: ControlProps & Readonly<{ options: ReadonlyArray<readonly [string, string]> }>) {
  return (
    <fieldset aria-describedby={describedBy} aria-invalid={isInvalid || undefined} disabled={isDisabled}>
      <legend className="sr-only">{item.name}</legend>
      <div className="flex flex-wrap gap-x-6">
        {options.map(([value, label]) => (
          <label
            key={value}
            className="flex min-h-11 cursor-pointer items-start gap-3 py-2 md:min-h-9 md:py-1.5"
          >
            <input
              type="radio"
              name={`tra-loi-${item.code}`}
              value={value}
              checked={draft.choice === value}
              onChange={() => onChange({ choice: value })}
              className={radioClass}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function PointsField({
  item,
  draft,
  describedBy,
  isInvalid,
  isDisabled,
  onChange,
  onLeave,
  max,
}: ControlProps & Readonly<{ max: number }>) {
  return (
    <label className="flex items-center gap-2">
      <span className="sr-only">Điểm cho: {item.name}</span>
      <input
        type="number"
        inputMode="numeric"
        min={0}
        max={max}
        step={1}
        value={draft.points}
        disabled={isDisabled}
        aria-describedby={describedBy}
        aria-invalid={isInvalid || undefined}
        onChange={(event) => onChange({ points: event.target.value }, true)}
        onBlur={onLeave}
        // A wheel turned to scroll the page must not change points.
        onWheel={(event) => event.currentTarget.blur()}
        className={numberClass}
      />
      <span className="text-muted">/ {formatCount(max)} điểm</span>
    </label>
  );
}

function ShareFields({
  item,
  draft,
  describedBy,
  isInvalid,
  isDisabled,
  onChange,
  onLeave,
  registerCounts,
}: ControlProps & Readonly<{ registerCounts: readonly RegisterCount[] }>) {
  const { totals, notApplicableReason } = suggestTotals(item, registerCounts);
  const shared = {
    type: "text",
    inputMode: "numeric",
    autoComplete: "off",
    disabled: isDisabled,
    "aria-describedby": describedBy,
    "aria-invalid": isInvalid || undefined,
    onBlur: onLeave,
    className: numberClass,
  } as const;

  return (
    <div>
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <label className="block">
          <span className="block text-sm text-muted">Số đạt</span>
          <input
            {...shared}
            aria-label={`Số đạt: ${item.name}`}
            value={draft.numerator}
            onChange={(event) => onChange({ numerator: event.target.value }, true)}
          />
        </label>
        <span aria-hidden="true" className="pb-2 text-muted">
          trên
        </span>
        <label className="block">
          <span className="block text-sm text-muted">Tổng số</span>
          <input
            {...shared}
            aria-label={`Tổng số: ${item.name}`}
            value={draft.denominator}
            onChange={(event) => onChange({ denominator: event.target.value }, true)}
          />
        </label>
      </div>
      {(totals.length > 0 || notApplicableReason) && (
        <p className="mt-2 flex flex-wrap items-center gap-2 text-sm text-muted">
          <span>{notApplicableReason ? "Theo sổ:" : "Tổng số theo sổ:"}</span>
          {totals.map((one) => (
            <button
              key={one.group}
              type="button"
              disabled={isDisabled}
              onClick={() => onChange({ denominator: String(one.count) })}
              className={suggestionClass}
            >
              {formatCount(one.count)} {one.label}
            </button>
          ))}
          {notApplicableReason && (
            <button
              type="button"
              disabled={isDisabled}
              onClick={() => onChange({ isNotApplicable: true, reason: notApplicableReason })}
              className={suggestionClass}
            >
              Không áp dụng: {notApplicableReason.charAt(0).toLowerCase()}
              {notApplicableReason.slice(1)}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
