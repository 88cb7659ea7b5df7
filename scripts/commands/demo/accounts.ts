import { readFile } from "node:fs/promises";
import { hash } from "@node-rs/argon2";
import { z } from "zod";
import { ROLES, type Role } from "@/domain/access/access";
import { pickName, pickSurname } from "./names";
import { MERGER } from "./organisations";
import { DEMO_DISTRICTS } from "./places";
import { idOf, randomOf } from "./random";
import type { Commune, World } from "./world";

/** scripts/demo-accounts.json: what `npm start` prints, and the accounts people sign in with. */
const ListedAccounts = z.array(
  z.object({
    username: z.string().min(3),
    password: z.string().min(10),
    name: z.string().min(1),
    roleCode: z.enum(ROLES),
    unitKey: z.string().min(1),
  }),
);

export type Account = Readonly<{
  id: string;
  username: string;
  name: string;
  role: Role;
  unitKey: string;
  /** The role's dates; closed accounts keep their names on what they once signed. */
  validFrom: string;
  validTo: string | null;
  isActive: boolean;
}>;

const GRANTED = "2024-01-02";

async function readListed(): Promise<z.infer<typeof ListedAccounts>> {
  const file = new URL("../../demo-accounts.json", import.meta.url);

  return ListedAccounts.parse(JSON.parse(await readFile(file, "utf8")));
}

export const userIdOf = (username: string): string => idOf(`user/${username}`);
const formerOfficer = (commune: Commune) => `canbo.xa${commune.code}`;
const formerReviewer = (slug: string) => `phonggd.${slug}`;

/** The officer who prepared the commune's dossiers: of the old commune until 30/6/2025, of the new one since. */
export function officerIdOf(commune: Commune): string {
  const slug = commune.district.communes.find((one) => one.code === commune.code)?.slug;

  return userIdOf(commune.era === "OLD" || slug === undefined ? formerOfficer(commune) : `canbo.${slug}`);
}

/** Who reviewed the commune's dossiers: the district's education office, from 1/7/2025 the review area. */
export function reviewerIdOf(commune: Commune): string {
  const { slug } = commune.district;

  return userIdOf(commune.era === "OLD" ? formerReviewer(slug) : `thamdinh.${slug}`);
}

/** All accounts of the demonstration: the listed ones, and the closed ones of whoever did the work until 30/6/2025. */
export async function listAccounts(world: World): Promise<Account[]> {
  const listed = (await readListed()).map(({ username, name, roleCode, unitKey }): Account => {
    const validFrom = unitKey.endsWith(`@${MERGER}`) ? MERGER : GRANTED;
    return {
      id: userIdOf(username),
      username,
      name,
      role: roleCode,
      unitKey,
      validFrom,
      validTo: null,
      isActive: true,
    };
  });
  const known = new Set(listed.map((account) => account.username));

  const closed = (
    username: string,
    role: Role,
    unitKey: string,
    region: Commune["district"]["region"],
  ): Account => {
    const random = randomOf(`account/${username}`);
    const sex = random.chance(0.5) ? "FEMALE" : "MALE";
    const name = pickName(pickSurname(region, random), sex, random);
    return {
      id: userIdOf(username),
      username,
      name,
      role,
      unitKey,
      validFrom: GRANTED,
      validTo: MERGER,
      isActive: false,
    };
  };
  const officers = world.oldCommunes.map((commune) =>
    closed(
      formerOfficer(commune),
      "COMMUNE_OFFICER",
      `COMMUNE:${commune.code}@2014-02-20`,
      commune.district.region,
    ),
  );
  const reviewers = DEMO_DISTRICTS.filter(({ slug }) => !known.has(formerReviewer(slug))).map(
    ({ slug, code, region }) =>
      closed(formerReviewer(slug), "REVIEWER", `DISTRICT:${code}@2014-02-20`, region),
  );

  return [...listed, ...officers, ...reviewers];
}

/**
 * The argon2id hash of the one password all demonstration accounts share. Its salt is fixed: the password is printed for everybody
 * anyway, and so two installations hold the same rows.
 */
export async function demoPasswordHash(): Promise<string> {
  const [first, ...others] = await readListed();
  if (!first || others.some((account) => account.password !== first.password)) {
    throw new Error("Các tài khoản dùng thử phải có chung một mật khẩu.");
  }

  return await hash(first.password, {
    memoryCost: 19_456,
    timeCost: 2,
    parallelism: 1,
    salt: Buffer.from("hieu-hoc-minhhoa"),
  });
}
