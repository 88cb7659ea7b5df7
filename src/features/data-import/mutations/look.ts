import "server-only";
import { openHamlets } from "@/features/registry/data";
import { today } from "@/features/registry/data/entry";
import { listMappings } from "../data";
import { lookInto } from "../parse/look";
import type { StageContext } from "./stage";
import { withSpreadsheet } from "./stage";

/** Looks into the file: sheets, header, register and columns guessed, as this commune chose them before where it did. */
export async function lookStage({ tx, batch, reporter }: StageContext): Promise<void> {
  reporter.tell("READING", 0, null);
  const communeHamlets = await openHamlets(tx, batch.communeId, new Date(await today(tx)));
  const remembered = Object.fromEntries(await listMappings(tx, batch.communeId));
  const look = await withSpreadsheet(batch, (spreadsheet) =>
    lookInto(spreadsheet, { communeHamlets, remembered }),
  );

  await tx.$executeRaw`
    UPDATE import_batch SET state = 'LOOKED', look = ${JSON.stringify(look)}::jsonb, version = version + 1 WHERE id = ${batch.id}::uuid`;
}
