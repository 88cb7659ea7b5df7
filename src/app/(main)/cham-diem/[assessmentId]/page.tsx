import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/button";
import { PageHeader } from "@/components/layout/page-header";
import { PrintButton } from "@/components/print/print-button";
import { listItems } from "@/domain/criteria/criteria-set";
import { TITLES } from "@/domain/title/title";
import { AnswerSheet } from "@/features/assessment/components/answer-sheet";
import { OpenForm } from "@/features/assessment/components/open-form";
import { ScoringForm } from "@/features/assessment/components/scoring-form";
import {
  AssessmentStateBadge,
  CriteriaSetLine,
  ReturnNotice,
  TemplateBanner,
} from "@/features/assessment/components/sheet-head";
import type { SheetView } from "@/features/assessment/loaders";
import { loadSheet } from "@/features/assessment/loaders";
import type { AssessmentListItem } from "@/features/assessment/types";
import { listHref, registerHref, scoreSheet } from "@/features/assessment/utils";
import { EvidenceList } from "@/features/evidence/components/evidence-list";
import { ItemEvidence } from "@/features/evidence/components/item-evidence";
import { byItem } from "@/features/evidence/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { param } from "@/features/user/page-scope";

export const metadata: Metadata = { title: "Phiếu điểm" };

type Props = Readonly<{ params: Promise<{ assessmentId: string }>; searchParams: SearchParams }>;

export default async function SheetPage({ params, searchParams }: Props) {
  const view = await loadSheet((await params).assessmentId);
  const { sheet } = view;
  const isEditing = view.canScore && param(await searchParams, "xem") !== "phieu";
  const list = listHref({ unitId: sheet.commune.id, year: sheet.year, title: sheet.title });

  return (
    <>
      <PageHeader
        title={sheet.subject.name}
        crumbs={[
          { label: "Chấm điểm", href: list },
          { label: `${TITLES[sheet.title].nameVi} năm ${sheet.year}` },
        ]}
        state={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <AssessmentStateBadge state={sheet.state} isComplete={sheet.stored.isComplete} />
            <span>
              {sheet.unit.name}
              {sheet.unit.id !== sheet.commune.id && `, ${sheet.commune.name}`}
            </span>
          </span>
        }
        action={<SheetActions view={view} isEditing={isEditing} />}
      />
      <ReturnNotice sheet={sheet} />
      {isEditing ? (
        <Editing view={view} list={list} />
      ) : (
        <AnswerSheet sheet={sheet} result={scoreSheet(sheet)} evidence={evidenceToRead(view)} />
      )}
    </>
  );
}

function SheetActions({ view, isEditing }: Readonly<{ view: SheetView; isEditing: boolean }>) {
  const href = `/cham-diem/${view.sheet.id}`;
  if (isEditing) return <LinkButton href={`${href}?xem=phieu`}>Xem phiếu điểm</LinkButton>;

  return (
    <>
      {view.canScore && (
        <LinkButton href={href} variant="primary">
          Chấm tiếp
        </LinkButton>
      )}
      <PrintButton label="In phiếu điểm" />
    </>
  );
}

function Editing({ view, list }: Readonly<{ view: SheetView; list: string }>) {
  const { sheet, actor } = view;
  const files = byItem(view.evidence);
  const evidence = Object.fromEntries(
    listItems(sheet.criteriaSet.definition).map((item): [string, ReactNode] => [
      item.code,
      <ItemEvidence
        key={item.code}
        assessmentId={sheet.id}
        itemCode={item.code}
        initial={files.get(item.code) ?? []}
      />,
    ]),
  );

  return (
    <>
      <TemplateBanner criteriaSet={sheet.criteriaSet} />
      <p className="mb-4 text-sm text-muted">
        <CriteriaSetLine criteriaSet={sheet.criteriaSet} />
      </p>
      <ScoringForm
        key={sheet.id}
        actorId={actor.id}
        assessmentId={sheet.id}
        criteriaSet={sheet.criteriaSet}
        answers={sheet.answers}
        derived={sheet.derived}
        registerCounts={view.registerCounts}
        sourceHref={registerHref(sheet)}
        evidence={evidence}
      >
        <Neighbour
          item={view.next}
          year={sheet.year}
          label={`${TITLES[sheet.title].countedNounVi} tiếp theo`}
          variant="primary"
        />
        <Neighbour
          item={view.previous}
          year={sheet.year}
          label={`${TITLES[sheet.title].countedNounVi} trước`}
        />
        <LinkButton href={list}>Về danh sách</LinkButton>
      </ScoringForm>
    </>
  );
}

/** The way to another subject of the hamlet that is not scored yet. */
function Neighbour({
  item,
  year,
  label,
  variant = "secondary",
}: Readonly<{
  item: AssessmentListItem | undefined;
  year: number;
  label: string;
  variant?: "primary" | "secondary";
}>) {
  if (!item) return null;
  if (!item.assessmentId) {
    return (
      <OpenForm
        subjectId={item.subjectId}
        year={year}
        label={`Đăng ký và chấm ${label}`}
        accessibleName={item.name}
        variant={variant}
        size="normal"
      />
    );
  }

  return (
    <LinkButton href={`/cham-diem/${item.assessmentId}`} variant={variant} prefetch={false}>
      Chấm {label}
      <span className="sr-only"> {item.name}</span>
    </LinkButton>
  );
}

function evidenceToRead(view: SheetView): Record<string, ReactNode> {
  return Object.fromEntries(
    [...byItem(view.evidence)].map(([code, files]): [string, ReactNode] => [
      code,
      <EvidenceList key={code} files={files} />,
    ]),
  );
}
