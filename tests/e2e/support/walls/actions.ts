import { createHash, randomUUID } from "node:crypto";
import type { Capability } from "../../../../src/domain/access/access";
import { one } from "../database";
import type { Session } from "../sessions";
import { origin } from "../sessions";
import { IMPORT_PLAN, makeImport } from "./imports";
import type { Place } from "./people";
import { communeId, FIGURE_BATCH, findTargets } from "./targets";

type Fields = Record<string, string>;

/**
 * A server action: the capability it needs at a commune (Tân Trào unless said) and a sending that is right in every other respect, read from the
 * database at the moment of asking. `own` acts on the account that asks and on nothing else.
 */
export type ActionWall = { open: Capability | "own"; at?: Place; fields: () => Promise<Fields> };

const COMMUNE: Place = "Xã Tân Trào";
/** Has entries ready to be submitted whatever the other tests have done. */
const READY: Place = "Xã Bình Ca";
const USERNAME = `thu.${randomUUID().slice(0, 8)}`;
/** The account the account actions are tried on, and its first password. */
export const TRIED_ACCOUNT = { username: USERNAME, password: "mat-khau-thu-nghiem" };

/** Every server action of the build, in the order in which the right person does them once. One missing here fails the test. */
export const ACTIONS: Record<string, ActionWall> = {
  registerSubjectAction: {
    open: "registry.write",
    fields: async () => ({
      title: "FAMILY",
      communeId: String(await communeId(COMMUNE)),
      year: "2026",
      name: "Hoàng Thị Bức Tường",
      hamletId: String((await household()).hamlet),
      poverty: "NONE",
    }),
  },
  updateSubjectAction: {
    open: "registry.write",
    fields: async () => {
      const { id, version } = await household();

      return {
        title: "FAMILY",
        subjectId: id,
        version: String(version),
        name: "Hoàng Thị Tường Vi",
        address: "Xóm Trại",
        poverty: "NONE",
      };
    },
  },
  recordIdentityAction: {
    open: "registry.write",
    fields: async () => ({ ...(await citizen()), identityNumber: "000000000187" }),
  },
  showIdentityAction: { open: "registry.identity", fields: citizen },
  removeIdentityAction: { open: "registry.write", fields: citizen },
  editMemberListAction: {
    open: "registry.write",
    fields: async () => {
      const { ids } = await findTargets();
      const { id, version } = await household();

      return { subjectId: ids.clan, changes: JSON.stringify({ add: [{ id, version }], remove: [] }) };
    },
  },
  moveSubjectAction: {
    open: "registry.write",
    fields: async () => {
      const { id, version, hamlet } = await household();
      const other = await one<{ id: number }>(
        `SELECT s.unit_id AS id FROM subject s JOIN subject h ON h.unit_id = $1
          WHERE s.title = 'FAMILY' AND s.unit_id <> $1 AND s.unit_id IN (
            SELECT unit_id FROM assessment WHERE commune_id = $2 AND year = 2026) LIMIT 1`,
        [hamlet, await communeId(COMMUNE)],
      );

      return { subjectId: id, version: String(version), hamletId: String(other.id), movedOn: isoToday() };
    },
  },
  closeSubjectAction: {
    open: "registry.write",
    fields: async () => {
      const { id, version } = await household();

      return { subjectId: id, version: String(version), reason: "MOVED_AWAY", closedOn: isoToday() };
    },
  },
  undoStepAction: {
    open: "registry.write",
    fields: async () => {
      const step = await one<{ id: string; subject: string }>(
        `SELECT c.request_id AS id, c.subject_id AS subject FROM subject_change c JOIN subject s ON s.id = c.subject_id
           JOIN ancestry a ON a.descendant_id = s.unit_id AND a.ancestor_id = $1 AND a.valid_to IS NULL
          WHERE c.verb = 'subject.close' ORDER BY c.id DESC LIMIT 1`,
        [await communeId(COMMUNE)],
      );

      return { stepId: step.id, from: step.subject };
    },
  },
  changeManyAction: {
    open: "registry.write",
    fields: async () => {
      const { id, version } = await household();
      const unit = await communeId(COMMUNE);

      return {
        unitId: String(unit),
        year: "2026",
        title: "FAMILY",
        list: `don-vi=${unit}&nam=2026&mo-hinh=gia-dinh`,
        ids: id,
        job: "close",
        value: "MOVED_AWAY",
        on: isoToday(),
        withMembers: "",
        count: "1",
        fingerprint: createHash("md5").update(`${id}:${version}CHANGES`).digest("hex"),
      };
    },
  },
  reopenSubjectAction: {
    open: "registry.write",
    fields: async () => {
      const closed = await one<{ id: string; version: number; hamlet: number }>(
        `SELECT s.id, s.version, s.unit_id AS hamlet FROM subject s
           JOIN ancestry a ON a.descendant_id = s.unit_id AND a.ancestor_id = $1 AND a.valid_to IS NULL
          WHERE s.title = 'FAMILY' AND s.active_to IS NOT NULL AND s.merged_into_id IS NULL ORDER BY s.id LIMIT 1`,
        [await communeId(COMMUNE)],
      );

      return {
        subjectId: closed.id,
        version: String(closed.version),
        hamletId: String(closed.hamlet),
        reopenedOn: isoToday(),
      };
    },
  },
  markDistinctAction: { open: "registry.write", fields: lookAlikes },
  unmarkDistinctAction: { open: "registry.write", fields: lookAlikes },
  mergeSubjectsAction: {
    open: "registry.write",
    fields: async () => {
      const keep = await household();
      const drop = await neighbourOf(keep);

      return {
        keepId: keep.id,
        keepVersion: String(keep.version),
        dropId: drop.id,
        dropVersion: String(drop.version),
        on: isoToday(),
      };
    },
  },
  renameHamletAction: {
    open: "registry.write",
    fields: async () => {
      const { id, name, kind } = await one<{ id: number; name: string; kind: string }>(
        "SELECT id, name, type AS kind FROM unit WHERE id = $1",
        [(await household()).hamlet],
      );

      return { hamletId: String(id), name, kind, on: isoToday() };
    },
  },
  splitHamletAction: {
    open: "registry.write",
    fields: async () => {
      const { id, hamlet } = await household();

      return {
        hamletId: String(hamlet),
        name: "Tường Rào",
        kind: "Thôn",
        on: isoToday(-2),
        chosen: id,
        rest: "STAYS",
      };
    },
  },
  mergeHamletsAction: {
    open: "registry.write",
    fields: async () => {
      const part = await one<{ id: number; old: number; count: number }>(
        `SELECT u.id, s.old_unit_id AS old,
                (SELECT count(*)::int FROM subject x WHERE x.unit_id = u.id AND x.active_to IS NULL AND x.title <> 'COMMUNITY') AS count
           FROM unit u JOIN succession s ON s.new_unit_id = u.id WHERE u.name = 'Thôn Tường Rào' AND u.valid_to IS NULL`,
      );

      return {
        communeId: String(await communeId(COMMUNE)),
        [`from.${part.id}`]: "on",
        into: String(part.old),
        on: isoToday(),
        seen: JSON.stringify({ [part.id]: part.count }),
      };
    },
  },
  classifyHamletAction: {
    open: "registry.write",
    fields: async () => ({ hamletId: String((await household()).hamlet), year: "2026", isDifficult: "1" }),
  },
  openAssessmentAction: {
    open: "assessment.write",
    fields: async () => ({ subjectId: (await household("NOT EXISTS")).id, year: "2026" }),
  },
  removeEvidenceAction: {
    open: "assessment.write",
    fields: async () => {
      const link = await one<{ id: string; assessment: string }>(
        `SELECT l.id, a.id AS assessment FROM evidence_link l JOIN assessment a ON a.id = l.assessment_id
          WHERE a.commune_id = $1 AND a.year = 2026 AND a.state = 'DRAFT' AND l.removed_at IS NULL
          ORDER BY a.title, l.id LIMIT 1`,
        [await communeId(COMMUNE)],
      );

      return { linkId: link.id, assessmentId: link.assessment };
    },
  },
  saveFiguresAction: {
    open: "figure.write",
    fields: async () => ({
      unitId: String(await communeId(COMMUNE)),
      year: "2019",
      base: JSON.stringify({ organisation_total: { value: null, version: 0 } }),
      source: "Báo cáo của xã năm 2019",
      datedOn: "20/12/2019",
      organisation_total: "12",
    }),
  },
  saveFigureGridAction: {
    open: "figure.write",
    fields: async () => ({
      unitId: String(await communeId(COMMUNE)),
      year: "2019",
      base: "{}",
      source: "Báo cáo của xã năm 2019",
      datedOn: "20/12/2019",
      [`${(await household()).hamlet}.clan_total`]: "2",
    }),
  },
  writeFigureBatchAction: { open: "figure.write", fields: async () => ({ batchId: FIGURE_BATCH }) },
  undoFigureBatchAction: { open: "figure.write", fields: async () => ({ batchId: FIGURE_BATCH }) },
  checkImportAction: {
    open: "registry.write",
    fields: async () => ({ ...(await importAt("CHECKED")), plan: JSON.stringify(IMPORT_PLAN) }),
  },
  chooseHamletsAction: {
    open: "registry.write",
    fields: async () => ({ ...(await importAt("CHECKED")), hamlets: "{}" }),
  },
  writeImportAction: {
    open: "registry.write",
    fields: async () => ({ ...(await importAt("READY")), expected: "1" }),
  },
  undoImportAction: { open: "registry.write", fields: async () => await importAt("WRITTEN") },
  resumeImportAction: { open: "registry.write", fields: async () => await importAt("FAILED") },
  setImportPolicyAction: {
    open: "registry.write",
    fields: async () => ({ ...(await importAt("CHECKED")), policy: "UPDATE" }),
  },
  decideImportRowsAction: {
    open: "registry.write",
    fields: async () => ({ ...(await importAt("CHECKED")), decision: "LEAVE" }),
  },
  discardImportAction: { open: "registry.write", fields: async () => await importAt("CHECKED") },
  submitDossierAction: {
    open: "dossier.submit",
    at: READY,
    fields: async () => ({
      communeId: String(await communeId(READY)),
      title: "ORGANISATION",
      year: "2026",
      assessmentIds: (await entry(READY, "ORGANISATION", "RETURNED")).id,
    }),
  },
  approveAction: {
    open: "review.decide",
    at: READY,
    fields: async () => {
      const { id, dossier, version } = await entry(READY, "ORGANISATION", "SUBMITTED");

      return { dossierId: dossier, assessmentId: id, version: String(version), next: "" };
    },
  },
  decideAction: {
    open: "review.decide",
    at: READY,
    fields: async () => ({
      dossierId: (await entry(READY, "ORGANISATION", "APPROVED")).dossier,
      number: `${Date.now() % 100_000}/QĐ-UBND`,
      decidedOn: isoToday(),
      signer: "Nguyễn Văn Ký",
    }),
  },
  requestChangesAction: {
    open: "review.decide",
    fields: async () => {
      const { id, version } = await entry(COMMUNE, "ORGANISATION", "SUBMITTED");

      return { assessmentId: id, version: String(version), reason: "Thiếu minh chứng.", next: "" };
    },
  },
  createUserAction: {
    open: "user.manage",
    fields: async () => ({
      ...TRIED_ACCOUNT,
      name: "Người Dùng Thử",
      role: "COMMUNE_LEADER",
      unitId: String(await communeId(COMMUNE)),
    }),
  },
  setRoleAction: {
    open: "user.manage",
    fields: async () => ({
      ...(await triedAccount()),
      role: "COMMUNE_OFFICER",
      unitId: String(await communeId(COMMUNE)),
    }),
  },
  setActiveAction: {
    open: "user.manage",
    fields: async () => ({ ...(await triedAccount()), active: "yes" }),
  },
  setPasswordAction: {
    open: "user.manage",
    fields: async () => ({ userId: (await triedAccount()).userId, password: TRIED_ACCOUNT.password }),
  },
  changeOwnPasswordAction: {
    open: "own",
    fields: async () => ({
      current: TRIED_ACCOUNT.password,
      password: "mot-mat-khau-khac",
      repeat: "mot-mat-khau-khac",
    }),
  },
};

/** What a server action answered: the state it gave back, or the address it sends the browser to. */
export type ActionAnswer = { status: number; body: string; redirect: string | undefined };

/** Calls a server action as React in a browser does: previous state and form data in React's reply encoding. */
export async function callAction(
  { http }: Session,
  actionId: string,
  fields: Fields,
  from = origin(),
): Promise<ActionAnswer> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, requestId: randomUUID() }))
    form.set(`_1_${name}`, value);
  // The arguments come last: the form's entries have to be there when they are read.
  form.set("0", JSON.stringify([{ status: "idle" }, "$K1"]));
  const answer = await http.post("/tai-khoan", {
    maxRedirects: 0,
    headers: { "Next-Action": actionId, Origin: from, Accept: "text/x-component" },
    multipart: form,
  });

  return {
    status: answer.status(),
    body: await answer.text(),
    redirect: answer.headers()["x-action-redirect"],
  };
}

/** A list of the commune in a state; the earlier one is done with. */
async function importAt(state: Parameters<typeof makeImport>[1]): Promise<Fields> {
  const { id, version } = await makeImport(await communeId(COMMUNE), state);

  return { batchId: id, version: String(version) };
}

/** Another household of the same hamlet with nothing under review. */
async function neighbourOf({ id, hamlet }: Awaited<ReturnType<typeof household>>) {
  return await one<{ id: string; version: number }>(
    `SELECT s.id, s.version FROM subject s WHERE s.title = 'FAMILY' AND s.active_to IS NULL AND s.unit_id = $1 AND s.id <> $2
        AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.subject_id = s.id AND a.state IN ('SUBMITTED', 'APPROVED'))
      ORDER BY s.version, s.id LIMIT 1`,
    [hamlet, id],
  );
}

async function lookAlikes(): Promise<Fields> {
  const first = await household();

  return { oneId: first.id, otherId: (await neighbourOf(first)).id };
}

async function household(
  assessed: "EXISTS" | "NOT EXISTS" = "NOT EXISTS",
): Promise<{ id: string; version: number; hamlet: number }> {
  return one(
    `SELECT s.id, s.version, s.unit_id AS hamlet FROM subject s
      WHERE s.title = 'FAMILY' AND s.active_to IS NULL
        AND s.unit_id IN (SELECT unit_id FROM assessment WHERE commune_id = $1 AND year = 2026)
        AND ${assessed} (SELECT 1 FROM assessment a WHERE a.subject_id = s.id AND a.year = 2026)
        AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.subject_id = s.id AND a.state = 'RECOGNISED')
      ORDER BY s.version, s.id LIMIT 1`,
    [await communeId(COMMUNE)],
  );
}

/** The citizen whose number is tried on, with the version of the number recorded by then. */
async function citizen(): Promise<{ subjectId: string; identityVersion: string }> {
  return one(
    `SELECT s.id AS "subjectId", coalesce(i.version, 0)::text AS "identityVersion"
       FROM subject s JOIN ancestry a ON a.descendant_id = s.unit_id AND a.ancestor_id = $1
       LEFT JOIN identity_number i ON i.subject_id = s.id
      WHERE s.title = 'CITIZEN' AND s.active_to IS NULL AND a.valid_to IS NULL ORDER BY s.id LIMIT 1`,
    [await communeId(COMMUNE)],
  );
}

async function entry(
  place: Place,
  title: string,
  state: string,
): Promise<{ id: string; dossier: string; version: number }> {
  return one(
    `SELECT id, dossier_id AS dossier, version FROM assessment
      WHERE commune_id = $1 AND year = 2026 AND title = $2 AND state = $3 AND is_recognisable ORDER BY id LIMIT 1`,
    [await communeId(place), title, state],
  );
}

async function triedAccount(): Promise<{ userId: string; version: string }> {
  const { id, version } = await one<{ id: string; version: number }>(
    "SELECT id, version FROM app_user WHERE username = $1",
    [USERNAME],
  );

  return { userId: id, version: String(version) };
}

/** Today in Vietnam, or some days from it. */
function isoToday(days = 0): string {
  const date = new Date(Date.now() + days * 86_400_000);

  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(date);
}
