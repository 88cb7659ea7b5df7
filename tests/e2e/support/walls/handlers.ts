import { randomUUID } from "node:crypto";
import type { APIResponse } from "@playwright/test";
import type { Capability } from "../../../../src/domain/access/access";
import { one } from "../database";
import { pngFile } from "../files";
import type { Session } from "../sessions";
import type { Ids } from "./targets";

/** A route handler: who may call it and how; `auth` stands for the sign-in's own routes. */
export type HandlerWall =
  | { open: "auth" }
  | {
      open: Capability;
      call: (session: Session, ids: Ids, headers: Record<string, string>) => Promise<APIResponse>;
    };

/** Every route handler of src/app by method. One that is missing here fails the test. */
export const HANDLERS: Record<string, HandlerWall> = {
  "GET /api/auth/[...nextauth]": { open: "auth" },
  "POST /api/auth/[...nextauth]": { open: "auth" },
  "GET /tep/[fileId]": {
    open: "assessment.read",
    call: ({ http }, { file }, headers) => http.get(`/tep/${file}`, { headers, maxRedirects: 0 }),
  },
  "GET /bang-dieu-hanh/so-chinh-thuc/mau": {
    open: "figure.write",
    call: ({ http }, { unit }, headers) =>
      http.get(`/bang-dieu-hanh/so-chinh-thuc/mau?don-vi=${unit}&nam-so-lieu=2018`, { headers }),
  },
  "POST /api/so-chinh-thuc/tep": {
    open: "figure.write",
    call: ({ http }, { unit }, headers) =>
      http.post("/api/so-chinh-thuc/tep", {
        headers,
        multipart: {
          requestId: randomUUID(),
          unitId: unit,
          year: "2018",
          source: "Báo cáo năm 2018",
          datedOn: "20/12/2018",
          file: {
            name: "so-lieu.csv",
            mimeType: "text/csv",
            buffer: Buffer.from("Tên đơn vị,Tổng số gia đình\nXã Tân Trào,10\n"),
          },
        },
      }),
  },
  "POST /so-theo-doi/tim": {
    open: "registry.read",
    call: ({ http }, { unit }, headers) =>
      http.post("/so-theo-doi/tim", {
        headers,
        data: { mode: "search", unitId: Number(unit), title: "FAMILY", year: 2026, text: "nguyen" },
      }),
  },
  "POST /so-theo-doi/[subjectId]/danh-sach/tim": {
    open: "registry.write",
    call: ({ http }, { clan }, headers) =>
      http.post(`/so-theo-doi/${clan}/danh-sach/tim`, { headers, data: { part: "free" } }),
  },
  "GET /so-theo-doi/xuat": {
    open: "registry.read",
    call: ({ http }, { unit }, headers) =>
      http.get(`/so-theo-doi/xuat?don-vi=${unit}&nam=2026&dang=csv`, { headers, maxRedirects: 0 }),
  },
  "GET /bang-dieu-hanh/xuat": {
    open: "dashboard.read",
    call: ({ http }, { unit }, headers) =>
      http.get(`/bang-dieu-hanh/xuat?don-vi=${unit}&nam=2026`, { headers, maxRedirects: 0 }),
  },
  "GET /cham-diem/xuat": {
    open: "assessment.read",
    call: ({ http }, { unit }, headers) =>
      http.get(`/cham-diem/xuat?don-vi=${unit}&nam=2026`, { headers, maxRedirects: 0 }),
  },
  "GET /ho-so/[dossierId]/xuat": {
    open: "dossier.read",
    call: ({ http }, { dossier }, headers) =>
      http.get(`/ho-so/${dossier}/xuat`, { headers, maxRedirects: 0 }),
  },
  "GET /quan-tri/nhat-ky/xuat": {
    open: "audit.read",
    call: ({ http }, { unit }, headers) =>
      http.get(`/quan-tri/nhat-ky/xuat?don-vi=${unit}&nam=2026`, { headers, maxRedirects: 0 }),
  },
  "GET /ho-so/danh-sach/xuat": {
    open: "dossier.read",
    call: ({ http }, { unit }, headers) =>
      http.get(`/ho-so/danh-sach/xuat?don-vi=${unit}&nam=2026&mo-hinh=don-vi`, { headers, maxRedirects: 0 }),
  },
  "GET /nhap-lieu/mau": {
    open: "registry.write",
    call: ({ http }, { unit }, headers) =>
      http.get(`/nhap-lieu/mau?don-vi=${unit}&nam=2026`, { headers, maxRedirects: 0 }),
  },
  "GET /nhap-lieu/[batchId]/dong-loi": {
    open: "registry.write",
    call: ({ http }, { importBatch }, headers) =>
      http.get(`/nhap-lieu/${importBatch}/dong-loi`, { headers, maxRedirects: 0 }),
  },
  "GET /api/nhap-lieu/[batchId]/tien-do": {
    open: "registry.write",
    call: ({ http }, { importBatch }, headers) =>
      http.get(`/api/nhap-lieu/${importBatch}/tien-do`, { headers }),
  },
  "GET /api/nhap-lieu": {
    open: "registry.write",
    call: ({ http }, { unit }, headers) => http.get(`/api/nhap-lieu?don-vi=${unit}`, { headers }),
  },
  "POST /api/nhap-lieu": {
    open: "registry.write",
    call: ({ http }, { unit }, headers) =>
      http.post(`/api/nhap-lieu?don-vi=${unit}`, {
        headers: {
          ...headers,
          "Content-Type": "application/octet-stream",
          "X-Request-Id": randomUUID(),
          "X-File-Name": "tep-thu.csv",
        },
        data: Buffer.from("Họ và tên chủ hộ,Thôn\n"),
      }),
  },
  "POST /api/cham-diem/tim": {
    open: "assessment.read",
    call: ({ http }, { unit }, headers) =>
      http.post("/api/cham-diem/tim", {
        headers,
        data: { unitId: Number(unit), title: "FAMILY", year: 2026, text: "nguyen" },
      }),
  },
  "PUT /api/cham-diem/[assessmentId]/[itemCode]": {
    open: "assessment.write",
    call: async ({ http }, { assessment }, headers) => {
      const previous = await storedAnswer(assessment);

      return http.put(`/api/cham-diem/${assessment}/3.1`, {
        headers,
        data: { requestId: randomUUID(), answer: { yes: !previous.yes }, previous },
      });
    },
  },
  "POST /api/cham-diem/[assessmentId]/[itemCode]/minh-chung": {
    open: "assessment.write",
    call: ({ http }, { assessment }, headers) =>
      http.post(`/api/cham-diem/${assessment}/3.1/minh-chung`, {
        headers,
        multipart: { requestId: randomUUID(), file: pngFile("anh.png", 64) },
      }),
  },
};

/** The answer that stands, so that nothing but the wall can refuse a change of it. */
async function storedAnswer(assessment: string): Promise<{ yes: boolean }> {
  return one<{ yes: boolean }>(
    `SELECT coalesce((SELECT (answers->'3.1'->>'yes')::boolean FROM assessment WHERE id = $1), false) AS yes`,
    [assessment],
  );
}
