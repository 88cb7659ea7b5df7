import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { RateCard, RateCardGrid } from "@/components/charts/rate-card";
import { SkeletonCard } from "@/components/feedback/skeleton";
import { titleCounter } from "@/domain/indicator/counters";
import { TITLES } from "@/domain/title/title";
import type { UnitYearFigures } from "@/features/figures/types";
import { denominatorText, figureKey, numeratorMark, ratioOf, sourcesHref } from "@/features/figures/utils";
import { formatCount, formatPercent, formatSigned, formatTarget } from "@/lib/format/number";
import { TITLE_SERIES } from "../constants";
import type { Milestone, TitleCard } from "../types";
import { dashboardHref } from "../utils";

/** The five titles of a unit, each against its targets. The numbers lead to the parts they are made of. */
export function TitleCards({
  cards,
  figures,
  partsAnchor,
}: Readonly<{ cards: readonly TitleCard[]; figures: UnitYearFigures; partsAnchor: string }>) {
  const { unitId, year } = figures;

  return (
    <RateCardGrid>
      {cards.map((card) => {
        const { title, base, ratio, main } = card;
        const href = dashboardHref({ unitId, year, title }, partsAnchor);
        const noun = TITLES[title].countedNounVi;

        return (
          <RateCard
            key={title}
            title={TITLES[title].nameVi}
            series={TITLE_SERIES[title]}
            href={href}
            rate={card.rate}
            numerator={ratio.numerator?.value ?? 0}
            denominator={ratio.denominator?.value ?? 0}
            unitLabel={noun}
            denominatorLabel={`trên ${base.denominatorVi}, ${denominatorText(ratio.denominator)}`}
            denominatorHelp={<DenominatorHelp card={card} figures={figures} />}
            history={card.history.map(({ year: one, rate }) => ({ year: one, rate }))}
            targets={card.milestones.flatMap(({ year: one, applied }) =>
              applied ? [{ year: one, rate: applied.target.valuePct }] : [],
            )}
            missing={card.missing}
            planName={main.applied ? shortPlanName(main) : undefined}
            planHref={`/ke-hoach?don-vi=${unitId}&nam=${year}`}
            note={<CardNote card={card} figures={figures} noun={noun} />}
          />
        );
      })}
    </RateCardGrid>
  );
}

/** The place of the cards while they are counted. */
export function TitleCardsSkeleton() {
  return (
    <RateCardGrid>
      {[1, 2, 3, 4, 5].map((key) => (
        <SkeletonCard key={key} className="h-[25rem]" />
      ))}
    </RateCardGrid>
  );
}

function shortPlanName({ applied }: Milestone): string {
  if (!applied) return "";
  const [document = ""] = applied.target.document.split(" (");

  return applied.isInherited ? `${document} (ban hành cho đơn vị cũ)` : document;
}

function DenominatorHelp({ card, figures }: Readonly<{ card: TitleCard; figures: UnitYearFigures }>) {
  const { base, ratio, main } = card;
  const { year } = figures;

  return (
    <>
      <p>
        Tử số: {base.numeratorVi}, đang giữ danh hiệu trong năm {year}. Mẫu số: {base.denominatorVi}
        {main.applied && <>, theo cách tính của {main.applied.target.document}</>}.
      </p>
      <p className="mt-2">
        {ratio.denominator && ratio.denominator.basis !== "COUNTED"
          ? "Số chính thức là số do địa phương nhập kèm nguồn và được ưu tiên hơn số đếm trong sổ theo dõi."
          : `Theo sổ: đếm trong sổ theo dõi, theo nơi ở ngày 31/12/${year}. Nếu sổ chỉ ghi những nơi tham gia, hãy nhập số chính thức.`}
      </p>
      {ratio.denominator && ratio.denominator.basis !== "COUNTED" && (
        <p className="mt-2">
          <SourcesLink figures={figures} name={base.denominator}>
            Số nhập từ nguồn nào, ngày nào, ai nhập
          </SourcesLink>
        </p>
      )}
    </>
  );
}

function CardNote({
  card,
  figures,
  noun,
}: Readonly<{ card: TitleCard; figures: UnitYearFigures; noun: string }>) {
  const whole = ratioOf(figures, {
    numerator: titleCounter(card.title, "Recognised"),
    denominator: titleCounter(card.title, "Total"),
  });
  const isPart = card.base.denominator !== titleCounter(card.title, "Total");
  const mark = numeratorMark(card.ratio.numerator);
  const reached = card.milestones.filter((one) => one.isReached && one.gap !== null);

  return (
    <>
      {reached.map((one) => (
        <p key={one.year}>
          Hơn chỉ tiêu {one.year}: {formatSigned(one.gap)} điểm %
        </p>
      ))}
      {isPart && (
        <p>
          Tính trên tất cả: {formatCount(whole.numerator?.value)} / {formatCount(whole.denominator?.value)}{" "}
          {noun} được công nhận.
        </p>
      )}
      {mark && (
        <p>
          Số công nhận là{" "}
          <SourcesLink figures={figures} name={card.base.numerator}>
            {mark}
          </SourcesLink>
          .
        </p>
      )}
      {card.differing.map((one) => (
        <p key={one.year}>
          {one.year}: {formatTarget(one.applied?.target.valuePct)} trên {one.base.denominatorVi}; hiện{" "}
          {one.rate === null ? "chưa có số liệu" : formatPercent(one.rate)}
          {one.missing ? `, còn thiếu ${formatCount(one.missing)} ${noun}` : ""}.
        </p>
      ))}
    </>
  );
}

/** The way down from an entered number: its source, its day, who entered it. */
function SourcesLink({
  figures,
  name,
  children,
}: Readonly<{ figures: UnitYearFigures; name: string; children: ReactNode }>) {
  const { unitId, year } = figures;

  return (
    <Link
      href={sourcesHref({ unitId, year, key: figureKey(name) }) as Route}
      className="link inline-block max-md:py-1.5"
    >
      {children}
    </Link>
  );
}
