import type { Capability, Role } from "../../../../src/domain/access/access";
import { ACCESS_TABLE } from "../../../../src/domain/access/access";
import { account } from "../people";

/** One account of every role that stands above or at Tân Trào: what they may do there is the access table's word alone. */
export const INSIDERS = [
  "canbo.tantrao",
  "lanhdao.tantrao",
  "thamdinh.sonduong",
  "lanhdao.tuyenquang",
  "quantri.tuyenquang",
  "lanhdao.trunguong",
  "quantri",
] as const;

/** The neighbouring commune's officer, then others whose role would do but whose unit is elsewhere. */
export const OUTSIDERS = ["canbo.binhca", "thamdinh.canduoc", "lanhdao.tayninh"] as const;

/** The two neighbours: what one may not do at the other's is tried both ways. */
export type Place = "Xã Tân Trào" | "Xã Bình Ca";

/** Does the access table give the account's role the capability. */
export function roleHas(username: string, capability: Capability): boolean {
  return ACCESS_TABLE[account(username).roleCode as Role].includes(capability);
}

/** The accounts that may do something at a place, and all the others. */
export function sidesOf(
  capability: Capability,
  place: Place = "Xã Tân Trào",
): { right: string[]; wrong: string[] } {
  const all = [...INSIDERS, ...OUTSIDERS];
  const reaches = (username: string) =>
    OUTSIDERS.slice(1).every((other) => other !== username) &&
    (account(username).unit.startsWith(place) || !account(username).unit.startsWith("Xã "));
  const right = all.filter((username) => reaches(username) && roleHas(username, capability));

  return { right, wrong: all.filter((username) => !right.includes(username)) };
}
