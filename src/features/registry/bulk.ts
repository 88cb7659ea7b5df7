import type { TitleCode } from "@/domain/title/title";
import { CITIZEN_VARIANT_NAMES, CITIZEN_VARIANTS } from "@/domain/title/title";
import type { CloseReason } from "./constants";
import {
  CLOSE_REASON_NAMES,
  CLOSE_REASONS,
  DIGITAL_SKILL_NAMES,
  DIGITAL_SKILLS,
  ORGANISATION_KIND_NAMES,
  ORGANISATION_KINDS,
  ORGANISATION_LEVEL_NAMES,
  ORGANISATION_LEVELS,
  POVERTY_LEVELS,
  POVERTY_NAMES,
} from "./constants";

/** What can be changed of many entries at once: a fact, where they stand, whether they are followed. */
export const BULK_JOBS = [
  "move",
  "close",
  "poverty",
  "isAssociationMember",
  "hasSchoolAgeChildren",
  "clanId",
  "variant",
  "isWorker",
  "digitalSkill",
  "organisationId",
  "isPromotion",
  "kind",
  "level",
] as const;
export type BulkJob = (typeof BULK_JOBS)[number];

/** A fact that stands in a column of the detail of its kind. */
export type BulkFact = Exclude<BulkJob, "move" | "close">;

type Option = Readonly<{ value: string; label: string }>;

const YES_NO: readonly Option[] = [
  { value: "true", label: "Có" },
  { value: "false", label: "Không" },
];
const optionsOf = <Code extends string>(
  codes: readonly Code[],
  names: Readonly<Record<Code, string>>,
): readonly Option[] => codes.map((code) => ({ value: code, label: names[code] }));

/** The column of each fact, what it holds, and the choices; a reference's choices are entries of the commune. */
export const BULK_FACTS: Readonly<
  Record<
    BulkFact,
    Readonly<{
      title: TitleCode;
      label: string;
      column: string;
      type: "text" | "boolean" | "uuid";
      options?: readonly Option[];
    }>
  >
> = {
  poverty: {
    title: "FAMILY",
    label: "Diện hộ",
    column: "poverty",
    type: "text",
    options: optionsOf(POVERTY_LEVELS, POVERTY_NAMES),
  },
  isAssociationMember: {
    title: "FAMILY",
    label: "Hội viên Hội Khuyến học",
    column: "is_association_member",
    type: "boolean",
    options: YES_NO,
  },
  hasSchoolAgeChildren: {
    title: "FAMILY",
    label: "Có con trong độ tuổi đi học",
    column: "has_school_age_children",
    type: "boolean",
    options: YES_NO,
  },
  clanId: { title: "FAMILY", label: "Dòng họ", column: "clan_id", type: "uuid" },
  variant: {
    title: "CITIZEN",
    label: "Mẫu phiếu theo nghề nghiệp",
    column: "variant",
    type: "text",
    options: optionsOf(CITIZEN_VARIANTS, CITIZEN_VARIANT_NAMES),
  },
  isWorker: {
    title: "CITIZEN",
    label: "Người lao động",
    column: "is_worker",
    type: "boolean",
    options: YES_NO,
  },
  digitalSkill: {
    title: "CITIZEN",
    label: "Kỹ năng số",
    column: "digital_skill",
    type: "text",
    options: optionsOf(DIGITAL_SKILLS, DIGITAL_SKILL_NAMES),
  },
  organisationId: {
    title: "CITIZEN",
    label: "Nơi làm việc, học tập",
    column: "organisation_id",
    type: "uuid",
  },
  isPromotion: {
    title: "CLAN",
    label: "Dòng họ khuyến học",
    column: "is_promotion",
    type: "boolean",
    options: YES_NO,
  },
  kind: {
    title: "ORGANISATION",
    label: "Loại đơn vị",
    column: "kind",
    type: "text",
    options: optionsOf(ORGANISATION_KINDS, ORGANISATION_KIND_NAMES),
  },
  level: {
    title: "ORGANISATION",
    label: "Cấp quản lý",
    column: "level",
    type: "text",
    options: optionsOf(ORGANISATION_LEVELS, ORGANISATION_LEVEL_NAMES),
  },
};

/** Is a job the change of a fact. */
export function isFact(job: BulkJob): job is BulkFact {
  return job !== "move" && job !== "close";
}

/** What a job is called. */
export function jobLabel(job: BulkJob): string {
  if (job === "move") return "Chuyển thôn";

  return job === "close" ? "Thôi theo dõi" : BULK_FACTS[job].label;
}

/** The jobs that make sense for a kind. Hamlets are a matter of territory. */
export function jobsOf(title: TitleCode): BulkJob[] {
  if (title === "COMMUNITY") return [];

  return BULK_JOBS.filter((job) => {
    if (job === "close") return true;
    if (job === "move") return title !== "ORGANISATION";

    return BULK_FACTS[job].title === title;
  });
}

/** The reasons for which entries of a kind leave the register. */
export function reasonsOf(title: TitleCode): readonly Readonly<{ value: CloseReason; label: string }>[] {
  return CLOSE_REASONS.flatMap((value) => {
    const label = CLOSE_REASON_NAMES[title][value];

    return label === undefined ? [] : [{ value, label }];
  });
}

/** How an entry stands to a change: it changes, is so already, or cannot be changed and why. */
export const BULK_VERDICTS = ["CHANGES", "ALREADY", "CLOSED", "ELSEWHERE", "TOO_EARLY"] as const;
export type BulkVerdict = (typeof BULK_VERDICTS)[number];

/** Why an entry is left as it is. */
export const VERDICT_TEXTS: Readonly<Record<Exclude<BulkVerdict, "CHANGES" | "ALREADY">, string>> = {
  CLOSED: "đã thôi theo dõi",
  ELSEWHERE: "nay thuộc xã khác",
  TOO_EARLY: "mới về nơi hiện nay vào hoặc sau ngày đã chọn (hoặc có thành viên như vậy)",
};
