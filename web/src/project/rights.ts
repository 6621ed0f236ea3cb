// Who sees which screen of a project. The server decides; this only leaves out what it would refuse.
import type { Profile, Role } from "../session/store";

const holds = (profile: Profile, ...roles: Role[]) => profile.memberships.some((held) => roles.includes(held.role));

export const changesProject = (profile: Profile) => holds(profile, "owner", "data_lead");
export const seesEvents = (profile: Profile) => holds(profile, "owner", "data_lead", "auditor");
export const seesQuality = (profile: Profile) => holds(profile, "owner", "data_lead", "reviewer", "auditor");
export const seesScorecards = (profile: Profile) => holds(profile, "owner", "data_lead", "auditor");
export const reviews = (profile: Profile) => holds(profile, "owner", "data_lead", "reviewer");
