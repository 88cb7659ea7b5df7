import { buildClans } from "./clans";
import { buildHousehold, type Household } from "./household";
import { buildOffices, buildOrganisations, type Organisation } from "./organisations";
import { DEMO_DISTRICTS, type DemoDistrict, nameHamlets } from "./places";
import { idOf, randomOf } from "./random";

/** Two sizes of the same demonstration: how many households a hamlet has. */
const HOUSEHOLDS_PER_HAMLET = { least: 19, most: 30 } as const;

export type Commune = Readonly<{
  era: "OLD" | "NEW";
  code: string;
  /** Name and type as in the reference data, for example `Xã Tân Trào`, `Xã`. */
  name: string;
  type: string;
  unitId: number;
  district: DemoDistrict;
}>;

export type Hamlet = {
  readonly code: string;
  readonly name: string;
  readonly type: string;
  readonly communityId: string;
  readonly old: Commune;
  readonly current: Commune;
  /** Set once the unit has been written. */
  unitId: number;
  /** How lively the hamlet is, 0 to 1: moves its rates a little. */
  readonly spirit: number;
  readonly households: Household[];
  readonly clans: Clan[];
};

export type Clan = Readonly<{
  id: string;
  name: string;
  headName: string;
  isPromotion: boolean;
  hamlet: Hamlet;
  households: Household[];
}>;

export type World = Readonly<{
  oldCommunes: readonly Commune[];
  newCommunes: readonly Commune[];
  hamlets: readonly Hamlet[];
  clans: readonly Clan[];
  organisations: readonly Organisation[];
}>;

/** Finds a commune of the reference data. */
export type CommuneLookup = (
  era: Commune["era"],
  code: string,
) => Readonly<{ unitId: number; name: string; type: string }>;

function buildHamlets(olds: readonly Commune[], current: Commune): Hamlet[] {
  const random = randomOf(`hamlets/${current.code}`);
  const counted = olds.map(({ code, type }) => ({
    code,
    isTown: type === "Thị trấn",
    count: random.int(3, 5),
  }));
  const names = nameHamlets(current.district.region, counted, random.shuffle);

  return olds.flatMap((old) =>
    (names.get(old.code) ?? []).map(({ name, type }, index): Hamlet => {
      const code = `${old.code}-${String(index + 1).padStart(3, "0")}`;
      return {
        code,
        name,
        type,
        communityId: idOf(`community/${code}`),
        old,
        current,
        unitId: 0,
        spirit: randomOf(`spirit/${code}`).next(),
        households: [],
        clans: [],
      };
    }),
  );
}

/** The whole demonstration, the same on every machine. */
export function buildWorld(lookup: CommuneLookup): World {
  const oldCommunes: Commune[] = [];
  const newCommunes: Commune[] = [];
  const hamlets: Hamlet[] = [];
  const clans: Clan[] = [];
  const organisations: Organisation[] = [];

  for (const district of DEMO_DISTRICTS) {
    for (const { code, old } of district.communes) {
      const current: Commune = { era: "NEW", code, district, ...lookup("NEW", code) };
      const olds = old.map((one): Commune => ({ era: "OLD", code: one, district, ...lookup("OLD", one) }));
      const own = buildHamlets(olds, current);
      for (const hamlet of own) {
        const random = randomOf(`hamlet/${hamlet.code}`);
        const count = random.int(HOUSEHOLDS_PER_HAMLET.least, HOUSEHOLDS_PER_HAMLET.most);
        for (let index = 1; index <= count; index++) hamlet.households.push(buildHousehold(hamlet, index));
      }
      for (const commune of olds) {
        const there = own.filter((hamlet) => hamlet.old === commune);
        clans.push(...buildClans(commune, there));
        organisations.push(...buildOrganisations(commune, current, there));
      }
      organisations.push(...buildOffices(olds, current, own));
      oldCommunes.push(...olds);
      newCommunes.push(current);
      hamlets.push(...own);
    }
  }

  return { oldCommunes, newCommunes, hamlets, clans, organisations };
}
