import "server-only";
import type { Tx } from "@/lib/db/scope";

export type DecisionRow = { id: string; number: string; decidedOn: Date; signer: string; recognised: number };

/** The decisions of a dossier, latest first, with how many each recognised. */
export async function listDecisions(tx: Tx, dossierId: string): Promise<DecisionRow[]> {
  const rows = await tx.decision.findMany({
    where: { dossierId },
    select: {
      id: true,
      number: true,
      decidedOn: true,
      signer: true,
      _count: { select: { recognitions: true } },
    },
    orderBy: [{ decidedOn: "desc" }, { createdAt: "desc" }],
  });

  return rows.map(({ _count, ...row }) => ({ ...row, recognised: _count.recognitions }));
}
