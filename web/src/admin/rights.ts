// Who sees which screen of the administration. The server decides; this only leaves out what it would refuse.
import type { Profile, Role } from "../session/store";

const holdsAt = (profile: Profile, scope: "organisation" | "any", ...roles: Role[]) =>
  profile.memberships.some((held) => roles.includes(held.role) && (scope === "any" || held.scope === "organisation"));

export const isOwner = (profile: Profile) => holdsAt(profile, "organisation", "owner");
export const seesPeople = (profile: Profile) => holdsAt(profile, "any", "owner", "data_lead", "auditor");
export const changesPeople = (profile: Profile) => holdsAt(profile, "any", "owner", "data_lead");
export const seesAuditLog = (profile: Profile) => holdsAt(profile, "organisation", "owner", "auditor");
export const seesSuppliers = (profile: Profile) => holdsAt(profile, "organisation", "owner", "data_lead", "auditor");
export const changesSuppliers = (profile: Profile) => holdsAt(profile, "organisation", "owner", "data_lead");

/** The roles that somebody may hand out, widest first. */
export function rolesToGive(profile: Profile): Role[] {
  if (isOwner(profile)) return ["owner", "data_lead", "reviewer", "auditor", "supplier_manager", "annotator"];
  if (holdsAt(profile, "organisation", "data_lead")) return ["data_lead", "reviewer", "auditor", "supplier_manager", "annotator"];
  return ["data_lead", "reviewer", "auditor"];
}
export const isHeldAtSupplier = (role: Role) => role === "supplier_manager" || role === "annotator";
export const isHeldAtProject = (role: Role) => role === "data_lead" || role === "reviewer" || role === "auditor";
