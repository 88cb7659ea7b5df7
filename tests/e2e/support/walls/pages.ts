import type { Capability } from "../../../../src/domain/access/access";
import type { Ids } from "./targets";

/**
 * Who may open a page: anybody, anybody who is signed in, or whoever holds the capability at the unit the address names.
 * `shows` is what the right person reads there (`ownWork`: the address names no unit and everybody sees their own).
 */
export type PageWall = OpenPage | GuardedPage;
type OpenPage = { open: "all" | "signedIn"; address: (ids: Ids) => string };
export type GuardedPage = {
  open: Capability;
  address: (ids: Ids) => string;
  shows: "subject" | "clan" | "unit" | "user" | "ownWork";
};

/** Is a page open to the holders of a capability alone. */
export function isGuarded(page: PageWall): page is GuardedPage {
  return "shows" in page;
}

/** Every page of src/app. A page that is missing here fails the test. */
export const PAGES: Record<string, PageWall> = {
  "/": { open: "signedIn", address: () => "/" },
  "/dang-nhap": { open: "all", address: () => "/dang-nhap" },
  "/tai-khoan": { open: "signedIn", address: () => "/tai-khoan" },
  "/bang-dieu-hanh": {
    open: "dashboard.read",
    address: ({ unit }) => `/bang-dieu-hanh?don-vi=${unit}&nam=2026`,
    shows: "unit",
  },
  "/bang-dieu-hanh/so-chinh-thuc": {
    open: "figure.write",
    address: ({ unit }) => `/bang-dieu-hanh/so-chinh-thuc?don-vi=${unit}&nam=2026`,
    shows: "unit",
  },
  "/bang-dieu-hanh/so-chinh-thuc/tung-noi": {
    open: "figure.write",
    address: ({ unit }) => `/bang-dieu-hanh/so-chinh-thuc/tung-noi?don-vi=${unit}&nam=2026`,
    shows: "unit",
  },
  "/bang-dieu-hanh/so-chinh-thuc/tep": {
    open: "figure.write",
    address: ({ unit }) => `/bang-dieu-hanh/so-chinh-thuc/tep?don-vi=${unit}&nam=2026`,
    shows: "unit",
  },
  "/bang-dieu-hanh/so-chinh-thuc/tep/[batchId]": {
    open: "figure.write",
    address: ({ figureBatch }) => `/bang-dieu-hanh/so-chinh-thuc/tep/${figureBatch}`,
    shows: "unit",
  },
  "/bang-dieu-hanh/nguon-so-lieu": {
    open: "dashboard.read",
    address: ({ unit }) => `/bang-dieu-hanh/nguon-so-lieu?don-vi=${unit}&nam=2026`,
    shows: "unit",
  },
  // Published results: public facts.
  "/bang-dieu-hanh/ket-qua-da-cong-bo": {
    open: "signedIn",
    address: () => "/bang-dieu-hanh/ket-qua-da-cong-bo",
  },
  "/ke-hoach": {
    open: "dashboard.read",
    address: ({ unit }) => `/ke-hoach?don-vi=${unit}&nam=2026`,
    shows: "unit",
  },
  "/so-theo-doi": {
    open: "registry.read",
    address: ({ unit }) => `/so-theo-doi?don-vi=${unit}&nam=2026`,
    shows: "unit",
  },
  "/so-theo-doi/moi": {
    open: "registry.write",
    address: ({ unit }) => `/so-theo-doi/moi?loai=ho&don-vi=${unit}&nam=2026`,
    shows: "unit",
  },
  "/so-theo-doi/[subjectId]": {
    open: "registry.read",
    address: ({ subject }) => `/so-theo-doi/${subject}`,
    shows: "subject",
  },
  "/so-theo-doi/thon/[hamletId]": {
    open: "registry.read",
    address: ({ hamlet }) => `/so-theo-doi/thon/${hamlet}`,
    shows: "unit",
  },
  "/so-theo-doi/thon/[hamletId]/sap-nhap": {
    open: "registry.write",
    address: ({ hamlet }) => `/so-theo-doi/thon/${hamlet}/sap-nhap`,
    shows: "unit",
  },
  "/so-theo-doi/thon/[hamletId]/tach": {
    open: "registry.write",
    address: ({ hamlet }) => `/so-theo-doi/thon/${hamlet}/tach`,
    shows: "subject",
  },
  "/so-theo-doi/[subjectId]/danh-sach": {
    open: "registry.write",
    address: ({ clan }) => `/so-theo-doi/${clan}/danh-sach`,
    shows: "clan",
  },
  "/so-theo-doi/[subjectId]/lich-su": {
    open: "registry.read",
    address: ({ subject }) => `/so-theo-doi/${subject}/lich-su`,
    shows: "subject",
  },
  "/so-theo-doi/hang-loat": {
    open: "registry.write",
    address: ({ unit }) => `/so-theo-doi/hang-loat?don-vi=${unit}&nam=2026&mo-hinh=gia-dinh`,
    shows: "unit",
  },
  "/so-theo-doi/gop": {
    open: "registry.write",
    address: ({ subject }) => `/so-theo-doi/gop?muc=${subject}`,
    shows: "subject",
  },
  "/so-theo-doi/[subjectId]/sua": {
    open: "registry.write",
    address: ({ subject }) => `/so-theo-doi/${subject}/sua`,
    shows: "subject",
  },
  "/nhap-lieu": {
    open: "registry.write",
    address: ({ unit }) => `/nhap-lieu?don-vi=${unit}`,
    shows: "unit",
  },
  "/nhap-lieu/[batchId]": {
    open: "registry.write",
    address: ({ importBatch }) => `/nhap-lieu/${importBatch}`,
    shows: "unit",
  },
  "/cham-diem": {
    open: "assessment.read",
    address: ({ unit }) => `/cham-diem?don-vi=${unit}&nam=2026`,
    shows: "unit",
  },
  "/cham-diem/[assessmentId]": {
    open: "assessment.read",
    address: ({ assessment }) => `/cham-diem/${assessment}`,
    shows: "subject",
  },
  "/ho-so": { open: "dossier.read", address: ({ unit }) => `/ho-so?don-vi=${unit}&nam=2026`, shows: "unit" },
  "/ho-so/danh-sach": {
    open: "dossier.read",
    address: ({ unit }) => `/ho-so/danh-sach?don-vi=${unit}&nam=2026&mo-hinh=don-vi`,
    shows: "unit",
  },
  "/ho-so/nop": {
    open: "dossier.submit",
    address: ({ unit }) => `/ho-so/nop?don-vi=${unit}&nam=2026&mo-hinh=gia-dinh`,
    shows: "unit",
  },
  "/ho-so/[dossierId]": {
    open: "dossier.read",
    address: ({ dossier }) => `/ho-so/${dossier}`,
    shows: "unit",
  },
  "/tham-dinh": { open: "review.decide", address: () => "/tham-dinh?nam=2026", shows: "ownWork" },
  "/tham-dinh/[dossierId]": {
    open: "review.decide",
    address: ({ dossier }) => `/tham-dinh/${dossier}`,
    shows: "unit",
  },
  "/quan-tri": { open: "user.manage", address: ({ unit }) => `/quan-tri?don-vi=${unit}`, shows: "user" },
  "/quan-tri/[userId]": {
    open: "user.manage",
    address: ({ user }) => `/quan-tri/${user}`,
    shows: "user",
  },
  "/quan-tri/nhat-ky": {
    open: "audit.read",
    address: ({ unit }) => `/quan-tri/nhat-ky?don-vi=${unit}`,
    shows: "unit",
  },
  // Law and territory: public facts, nobody's data.
  "/quan-tri/phan-quyen": { open: "signedIn", address: () => "/quan-tri/phan-quyen" },
  "/quan-tri/dia-gioi": { open: "signedIn", address: ({ unit }) => `/quan-tri/dia-gioi?ma=${unit}` },
  "/quan-tri/bo-tieu-chi": { open: "signedIn", address: () => "/quan-tri/bo-tieu-chi" },
  "/quan-tri/bo-tieu-chi/[id]": {
    open: "signedIn",
    address: ({ criteriaSet }) => `/quan-tri/bo-tieu-chi/${criteriaSet}`,
  },
};
