import "server-only";
import type { Tx } from "@/lib/db/scope";

export type CriteriaSetListItem = {
  id: number;
  code: string;
  version: number;
  title: string;
  variant: string | null;
  name: string;
  legalBasis: string;
  issuer: string;
  unitName: string;
  validFrom: Date;
  validTo: Date | null;
  status: string;
};

/** Every criteria set, by title and validity. Sets are public facts. */
export async function listCriteriaSets(tx: Tx): Promise<CriteriaSetListItem[]> {
  return await tx.$queryRaw<CriteriaSetListItem[]>`
    SELECT c.id, c.code, c.version, c.title, c.variant, c.name, c.legal_basis AS "legalBasis", c.issuer, u.name AS "unitName",
           c.valid_from AS "validFrom", c.valid_to AS "validTo", c.status
      FROM criteria_set c JOIN unit u ON u.id = c.unit_id
     ORDER BY array_position(ARRAY['FAMILY','CLAN','COMMUNITY','ORGANISATION','CITIZEN'], c.title), c.valid_from DESC, c.code, c.version DESC`;
}

/** One criteria set with its definition as stored; undefined when there is none. */
export async function findCriteriaSet(
  tx: Tx,
  id: number,
): Promise<(CriteriaSetListItem & { definition: unknown }) | undefined> {
  const rows = await tx.$queryRaw<(CriteriaSetListItem & { definition: unknown })[]>`
    SELECT c.id, c.code, c.version, c.title, c.variant, c.name, c.legal_basis AS "legalBasis", c.issuer, u.name AS "unitName",
           c.valid_from AS "validFrom", c.valid_to AS "validTo", c.status, c.definition
      FROM criteria_set c JOIN unit u ON u.id = c.unit_id WHERE c.id = ${id}`;

  return rows[0];
}
