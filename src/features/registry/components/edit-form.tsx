"use client";

import { useState } from "react";
import { LinkButton } from "@/components/button";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import type { TitleCode } from "@/domain/title/title";
import { updateSubjectAction } from "../actions";
import { HouseholdPicker } from "./household-picker";
import type { FormValues } from "./kind-fields";
import { CitizenFields, ClanFields, HamletFields, HouseholdFields, OrganisationFields } from "./kind-fields";
import { DuplicateNotice, NameField } from "./name-block";

type Choice = Readonly<{ id: string; name: string }>;

/** Changes the facts of an entry. Sent with the version it was read at; a stale one shows both values and can be sent again. */
export function EditForm({
  title,
  subjectId,
  version,
  values,
  communeId,
  year,
  organisations,
  clans,
  household,
}: Readonly<{
  title: TitleCode;
  subjectId: string;
  version: number;
  values: FormValues;
  communeId: number;
  year: number;
  organisations: readonly Choice[];
  clans: readonly Choice[];
  household?: { id: string; name: string; unitName: string } | undefined;
}>) {
  const [name, setName] = useState(String(values.name ?? ""));
  const [birthYear, setBirthYear] = useState(String(values.birthYear ?? values.headBirthYear ?? ""));

  return (
    <Form action={updateSubjectAction} hidden={{ title, subjectId, version }} label="Sửa thông tin">
      <NameField title={title} defaultValue={String(values.name ?? "")} onChange={setName} />
      {title !== "COMMUNITY" && (
        <DuplicateNotice
          title={title}
          unitId={communeId}
          year={year}
          name={name}
          birthYear={birthYear}
          subjectId={subjectId}
        />
      )}
      {title === "FAMILY" && <HouseholdFields values={values} clans={clans} onHeadBirthYear={setBirthYear} />}
      {title === "CITIZEN" && (
        <>
          <HouseholdPicker unitId={communeId} year={year} defaultHousehold={household} />
          <CitizenFields values={values} organisations={organisations} onBirthYear={setBirthYear} />
        </>
      )}
      {title === "CLAN" && <ClanFields values={values} />}
      {title === "ORGANISATION" && <OrganisationFields values={values} />}
      {title === "COMMUNITY" && <HamletFields values={values} />}
      <FormActions>
        <SubmitButton>Lưu thay đổi</SubmitButton>
        <LinkButton variant="quiet" href={`/so-theo-doi/${subjectId}`}>
          Thôi, không sửa
        </LinkButton>
      </FormActions>
    </Form>
  );
}
