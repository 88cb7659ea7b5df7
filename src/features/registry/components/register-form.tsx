"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { LinkButton } from "@/components/button";
import { DateField } from "@/components/form/date-field";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import type { TitleCode } from "@/domain/title/title";
import { registerSubjectAction } from "../actions";
import { kindOf, NEW_HAMLET } from "../constants";
import { HouseholdPicker } from "./household-picker";
import { IdentityField } from "./identity-field";
import { CitizenFields, ClanFields, HamletFields, HouseholdFields, OrganisationFields } from "./kind-fields";
import { MemberGrid, memberOf } from "./member-grid";
import { DuplicateNotice, NameField } from "./name-block";
import { PlaceField } from "./place-field";

type Choice = Readonly<{ id: string; name: string }>;
type Household = { id: string; name: string; unitName: string };

/** Everything the page of a new entry hands to its form. */
type RegisterFormProps = Readonly<{
  title: TitleCode;
  communeId: number;
  year: number;
  activeFrom: string;
  hamlets: readonly Readonly<{ id: number; name: string }>[];
  defaultHamletId?: number | undefined;
  organisations: readonly Choice[];
  clans: readonly Choice[];
  household?: Household | undefined;
  backHref: string;
}>;

/** One form for a new entry of any kind: what all share, and the fields of the kind. */
export function RegisterForm(props: RegisterFormProps) {
  const { title, communeId, year, defaultHamletId, backHref } = props;
  const [hamlet, setHamlet] = useState(defaultHamletId === undefined ? "" : String(defaultHamletId));
  const kind = kindOf(title);

  return (
    <Form
      action={registerSubjectAction}
      hidden={{ title, communeId, year }}
      label={kind.addLabel}
      resetOnSuccess
      aboutWhom={memberOf}
      onSuccess={() => setHamlet((current) => (current === NEW_HAMLET ? "" : current))}
      className="flex flex-col gap-6"
    >
      <Entry {...props} hamlet={hamlet} onHamlet={setHamlet} />
      <FormActions>
        <SubmitButton>Ghi vào sổ</SubmitButton>
        <SubmitButton variant="secondary" name="then" value="next">
          Ghi và nhập {kind.nounVi} tiếp theo
        </SubmitButton>
        <LinkButton variant="quiet" href={backHref}>
          Thôi, về sổ
        </LinkButton>
      </FormActions>
    </Form>
  );
}

// Apart from the form itself, so that its state starts anew with the fields after each entry.
function Entry({
  title,
  communeId,
  year,
  activeFrom,
  hamlets,
  organisations,
  clans,
  household,
  hamlet,
  onHamlet,
}: RegisterFormProps & Readonly<{ hamlet: string; onHamlet: (value: string) => void }>) {
  const [name, setName] = useState("");
  const [birthYear, setBirthYear] = useState("");
  const [home, setHome] = useState<Household | null>(household ?? null);
  const place = (label?: string) => (
    <PlaceField
      hamlets={hamlets}
      defaultValue={hamlet}
      onChange={onHamlet}
      {...(label === undefined ? {} : { label })}
    />
  );

  return (
    <>
      <Group heading={GROUP_HEADINGS[title]}>
        <NameField title={title} autoFocus onChange={setName} {...hintOf(title)} />
        <DuplicateNotice title={title} unitId={communeId} year={year} name={name} birthYear={birthYear} />
        {title === "CITIZEN" && (
          <>
            <HouseholdPicker unitId={communeId} year={year} defaultHousehold={household} onChange={setHome} />
            {home === null && place()}
            <CitizenFields organisations={organisations} onBirthYear={setBirthYear} />
            <IdentityField isOptional />
          </>
        )}
        {title === "FAMILY" && (
          <>
            {place()}
            <HouseholdFields clans={clans} onHeadBirthYear={setBirthYear} />
          </>
        )}
        {title === "CLAN" && (
          <>
            {place("Nơi có nhà thờ họ hoặc trưởng họ cư trú")}
            <ClanFields />
          </>
        )}
        {title === "ORGANISATION" && <OrganisationFields />}
        {title === "COMMUNITY" && <HamletFields />}
        <DateField
          name="activeFrom"
          label="Theo dõi từ ngày"
          hint={`Để nguyên thì mục này được tính cho cả năm ${year}.`}
          defaultValue={activeFrom}
        />
      </Group>
      {title === "FAMILY" && (
        <Group heading="Thành viên trong hộ">
          <MemberGrid organisations={organisations} />
        </Group>
      )}
    </>
  );
}

const GROUP_HEADINGS: Readonly<Record<TitleCode, string>> = {
  FAMILY: "Hộ gia đình",
  CLAN: "Dòng họ",
  COMMUNITY: "Thôn, tổ dân phố",
  ORGANISATION: "Đơn vị",
  CITIZEN: "Công dân",
};

function hintOf(title: TitleCode): { hint?: string } {
  if (title === "CLAN") return { hint: "Ví dụ: Họ Trần thôn Đồng Xá" };
  if (title === "COMMUNITY") return { hint: "Chỉ cần phần tên; loại (Thôn, Bản…) được ghép vào trước." };

  return {};
}

function Group({ heading, children }: Readonly<{ heading: string; children: ReactNode }>) {
  return (
    <section className="min-w-0 rounded-lg border border-line bg-paper p-4 sm:p-5">
      <h2 className="mb-4">{heading}</h2>
      <div className="flex flex-col gap-5">{children}</div>
    </section>
  );
}
