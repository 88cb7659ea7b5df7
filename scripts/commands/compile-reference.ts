import { mkdirSync } from "node:fs";
import path from "node:path";
import { compileCriteriaSets } from "./compile/criteria-sets";
import { compilePlans } from "./compile/plans";
import { compilePublishedResults } from "./compile/published-results";
import { compileTerritory } from "./compile/territory";
import { writeJson } from "./compile/write-json";

/*
 * node --import tsx scripts/commands/compile-reference.ts <source folder> [<out folder>]
 * Compiles the reference files of the project from collected tables (units, criteria sets, targets, published results).
 */
const [source, out = "prisma/reference"] = process.argv.slice(2);
if (!source) {
  console.error("usage: compile-reference.ts <source folder> [<out folder>]");
  process.exit(2);
}

mkdirSync(out, { recursive: true });
const territory = compileTerritory(source);
const criteria = compileCriteriaSets(source);
const plans = compilePlans(source, territory);
const published = compilePublishedResults(source, territory);
writeJson(path.join(out, "territory.json"), territory);
writeJson(path.join(out, "criteria-sets.json"), criteria);
writeJson(path.join(out, "plans.json"), plans);
writeJson(path.join(out, "published-results.json"), published);

console.log(
  `${territory.oldCommunes.rows.length} + ${territory.newCommunes.rows.length} communes, ` +
    `${territory.reviewAreas.rows.length} review areas, ${criteria.sets.length} criteria sets, ${plans.plans.length} plans, ` +
    `${published.rows.length} published results`,
);
