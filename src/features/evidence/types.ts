/** One file linked to one item of an assessment. `name` is its neutral name ("Ảnh 2"), never a person's. */
export type EvidenceItem = Readonly<{
  linkId: string;
  fileId: string;
  itemCode: string;
  name: string;
  mime: string;
  byteSize: number;
  sha256: string;
  linkedAt: string;
}>;
