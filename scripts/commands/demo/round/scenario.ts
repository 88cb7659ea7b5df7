import type { TitleCode } from "@/domain/title/title";
import type { Commune } from "../world";

/** What became of the entries that reach the threshold, as shares of them. */
export type Outcome = Readonly<{
  /** scored, not submitted */
  ready?: number;
  submitted?: number;
  returned?: number;
  approved?: number;
  recognised?: number;
}>;

/** How far a title has come in a commune and year. Shares: of all, of the registered, of the registered. */
export type Progress = Readonly<{ registered: number; scored: number; started: number; outcome: Outcome }>;

export const YEARS = [2024, 2025, 2026] as const;
export type DemoYear = (typeof YEARS)[number];

const DONE: Outcome = { recognised: 1 };
const WAITING: Outcome = { submitted: 1 };
const READY: Outcome = { ready: 1 };

function progress(registered: number, scored: number, outcome: Outcome, started = 0): Progress {
  return { registered, scored, started, outcome };
}

const UNTOUCHED = progress(0.9, 0, READY);

/** 2026, under way: by new commune. A title that is not named here is registered and not scored yet. */
const THIS_YEAR: Readonly<Record<string, Partial<Record<TitleCode, Progress>>>> = {
  // Tân Trào: families to score and families ready to submit, no dossier of theirs yet.
  "02545": {
    CITIZEN: progress(0.66, 0.86, DONE),
    FAMILY: progress(0.72, 0.45, READY, 0.2),
    CLAN: progress(1, 0, READY, 0.5),
    ORGANISATION: progress(0.8, 0.8, WAITING),
  },
  "02548": {
    CITIZEN: progress(0.62, 0.88, DONE),
    FAMILY: progress(0.76, 0.82, WAITING, 0.08),
    CLAN: progress(1, 0, READY, 0.5),
    ORGANISATION: progress(0.9, 0.85, { submitted: 0.6, returned: 0.4 }),
  },
  "02554": {
    CITIZEN: progress(0.64, 0.86, DONE),
    FAMILY: progress(0.82, 0.86, { recognised: 0.5, approved: 0.16, returned: 0.14, submitted: 0.2 }, 0.05),
    COMMUNITY: progress(1, 0, READY, 0.6),
    ORGANISATION: progress(0.9, 0.9, DONE),
  },
  "28108": {
    CITIZEN: progress(0.64, 0.9, DONE),
    FAMILY: progress(0.84, 0.9, { recognised: 0.82, returned: 0.08, ready: 0.1 }, 0.05),
    CLAN: progress(1, 0.8, WAITING),
    ORGANISATION: progress(0.9, 0.9, { submitted: 0.7, approved: 0.3 }),
  },
  "28138": {
    CITIZEN: progress(0.5, 0.8, WAITING),
    FAMILY: progress(0.7, 0.75, { submitted: 0.8, returned: 0.2 }, 0.1),
  },
  "27553": {
    CITIZEN: progress(0.82, 0.95, DONE),
    FAMILY: progress(0.94, 0.96, DONE),
    CLAN: progress(1, 1, DONE),
    COMMUNITY: progress(1, 1, { recognised: 0.8, submitted: 0.2 }),
    ORGANISATION: progress(1, 1, DONE),
  },
  "27496": {
    CITIZEN: progress(0.74, 0.9, DONE),
    FAMILY: progress(0.86, 0.88, { submitted: 0.9, returned: 0.1 }, 0.05),
    ORGANISATION: progress(0.9, 0.7, READY, 0.2),
  },
  "01906": {
    CITIZEN: progress(0.5, 0.8, DONE),
    FAMILY: progress(0.66, 0.75, WAITING, 0.1),
    ORGANISATION: progress(0.8, 0.5, WAITING, 0.2),
  },
  "01912": {
    CITIZEN: progress(0.36, 0.5, READY, 0.2),
    FAMILY: progress(0.52, 0.3, READY, 0.3),
  },
  "19432": {
    CITIZEN: progress(0.52, 0.8, DONE),
    FAMILY: progress(0.66, 0.78, { submitted: 0.65, returned: 0.35 }, 0.1),
    ORGANISATION: progress(0.8, 0.6, WAITING),
  },
  "19435": {
    CITIZEN: progress(0.22, 0.25, READY, 0.3),
    FAMILY: progress(0.34, 0, READY, 0.25),
  },
};

/** Dossiers of 2024 the district did not finish before it ended: its reviewers still have them. */
const LEFT_OVER: Readonly<Record<string, Partial<Record<TitleCode, Outcome>>>> = {
  "02557": { FAMILY: { recognised: 0.86, submitted: 0.14 } },
  "02551": { COMMUNITY: WAITING },
  "02563": { ORGANISATION: { recognised: 0.5, submitted: 0.5 } },
};

/** How a title went, or goes, in a commune and year. */
export function progressOf(commune: Commune, title: TitleCode, year: DemoYear): Progress {
  if (year === 2026) return THIS_YEAR[commune.code]?.[title] ?? UNTOUCHED;

  const { familyRegistered, citizenRegistered } = commune.district.rates;
  const outcome = (year === 2024 ? LEFT_OVER[commune.code]?.[title] : undefined) ?? DONE;
  // The movement grew a little from the one year to the next.
  const growth = year === 2024 ? 0.95 : 1;
  switch (title) {
    case "FAMILY":
      return progress(familyRegistered * growth, 0.97, outcome, 0.01);
    case "CITIZEN":
      return progress(citizenRegistered * growth, 0.96, outcome, 0.02);
    default:
      return progress(0.97, 0.98, outcome, 0.02);
  }
}

/** Draws one of the outcomes by its share. */
export function pickOutcome(outcome: Outcome, draw: number): keyof Outcome {
  let left = draw;
  let last: keyof Outcome = "ready";
  for (const [name, share] of Object.entries(outcome) as [keyof Outcome, number][]) {
    last = name;
    left -= share;
    if (left < 0) return name;
  }

  return last;
}

/** First day of each step of a round, yyyy-mm-dd; scoring takes `days`. A title is scored after those it counts are decided. */
export type Calendar = Readonly<{
  register: string;
  score: string;
  days: number;
  submit: string;
  review: string;
  decide: string;
}>;

function calendar(
  register: string,
  score: string,
  days: number,
  submit: string,
  review: string,
  decide: string,
): Calendar {
  return { register, score, days, submit, review, decide };
}

export const CALENDARS: Readonly<Record<DemoYear, Readonly<Record<TitleCode, Calendar>>>> = {
  2024: {
    CITIZEN: calendar("2024-03-04", "2024-06-10", 40, "2024-08-05", "2024-08-20", "2024-08-28"),
    FAMILY: calendar("2024-03-11", "2024-09-03", 40, "2024-10-18", "2024-11-05", "2024-11-12"),
    CLAN: calendar("2024-03-18", "2024-11-13", 7, "2024-11-22", "2024-11-27", "2024-11-29"),
    ORGANISATION: calendar("2024-03-18", "2024-09-05", 20, "2024-10-04", "2024-10-18", "2024-10-24"),
    COMMUNITY: calendar("2024-03-18", "2024-12-02", 3, "2024-12-06", "2024-12-11", "2024-12-13"),
  },
  2025: {
    CITIZEN: calendar("2025-07-21", "2025-08-04", 30, "2025-09-12", "2025-09-26", "2025-10-03"),
    FAMILY: calendar("2025-08-01", "2025-10-06", 25, "2025-11-05", "2025-11-18", "2025-11-24"),
    CLAN: calendar("2025-08-04", "2025-11-25", 4, "2025-12-01", "2025-12-04", "2025-12-05"),
    ORGANISATION: calendar("2025-08-04", "2025-10-08", 20, "2025-11-03", "2025-11-14", "2025-11-20"),
    COMMUNITY: calendar("2025-08-04", "2025-12-08", 1, "2025-12-10", "2025-12-12", "2025-12-15"),
  },
  2026: {
    CITIZEN: calendar("2026-02-23", "2026-06-01", 40, "2026-07-20", "2026-08-05", "2026-08-14"),
    FAMILY: calendar("2026-03-02", "2026-08-20", 40, "2026-10-05", "2026-10-15", "2026-10-21"),
    CLAN: calendar("2026-03-09", "2026-10-22", 3, "2026-10-26", "2026-10-28", "2026-10-29"),
    ORGANISATION: calendar("2026-03-09", "2026-09-01", 20, "2026-10-01", "2026-10-13", "2026-10-20"),
    COMMUNITY: calendar("2026-03-09", "2026-10-30", 1, "2026-11-02", "2026-11-04", "2026-11-05"),
  },
};

/** The order in which titles are decided: each counts the recognitions of those before it. */
export const TITLE_ORDER = [
  "CITIZEN",
  "FAMILY",
  "CLAN",
  "ORGANISATION",
  "COMMUNITY",
] as const satisfies TitleCode[];

/** What reviewers write when they return an entry. */
export const RETURN_REASONS: Readonly<Record<TitleCode, readonly string[]>> = {
  FAMILY: [
    "Chưa có ảnh góc học tập hoặc tài liệu chứng minh ở tiêu chí 3.1. Đề nghị bổ sung rồi gửi lại.",
    "Số người lớn tham gia học ở tiêu chí 2.2 không khớp với sổ theo dõi của trung tâm học tập cộng đồng. Đề nghị kiểm tra lại.",
    "Thiếu danh sách công nhận Gia đình văn hóa (tiêu chí 4.2). Đề nghị đính kèm quyết định.",
  ],
  CLAN: ["Chưa có sổ quỹ khuyến học của dòng họ (tiêu chí 1.2). Đề nghị bổ sung."],
  COMMUNITY: ["Thiếu quyết định công nhận thôn, tổ dân phố văn hóa (tiêu chí 3.2). Đề nghị đính kèm."],
  ORGANISATION: [
    "Kế hoạch học tập của đơn vị chưa có chữ ký phê duyệt (tiêu chí 1.1). Đề nghị gửi lại bản đã duyệt.",
    "Tỷ lệ Lao động tiên tiến ở tiêu chí 2.4 chưa có quyết định kèm theo. Đề nghị bổ sung.",
  ],
  CITIZEN: ["Điểm sử dụng công nghệ thông tin chưa có minh chứng. Đề nghị bổ sung."],
};
