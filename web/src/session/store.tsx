// Who is signed in, and what they may do; read once at the start and after every change.
import { useQuery } from "@tanstack/react-query";
import { api, isProblem, setCsrfToken, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { changeLanguage } from "../i18n/i18n";
import { settings, type Settings } from "../i18n/settings";

export type Profile = Schemas["Profile"];
export type Role = Schemas["Role"];

const kKey = ["profile"];
const kRemembered = "mizan.profile";

async function readProfile(): Promise<Profile | null> {
  try {
    const profile = await take(api.GET("/api/v1/profile"));
    await adopt(profile);
    return profile;
  } catch (error) {
    if (isProblem(error, "offline")) return remembered();
    if (isProblem(error) && error.status === 401) return null;
    throw error;
  }
}

// Without a network the workbench still knows whose tasks it holds.
function remembered(): Profile | null {
  const text = localStorage.getItem(kRemembered);
  return text ? (JSON.parse(text) as Profile) : null;
}

async function adopt(profile: Profile): Promise<void> {
  setCsrfToken(profile.csrf_token);
  localStorage.setItem(kRemembered, JSON.stringify(profile));
  const kept = profile.settings as Partial<Settings>;
  const { theme = settings.get().theme, digits = settings.get().digits } = kept;
  settings.set({ theme, digits });
  if (profile.language !== settings.get().language) await changeLanguage(profile.language);
}

export function useProfile() {
  return useQuery({ queryKey: kKey, queryFn: readProfile, staleTime: 300_000, retry: false });
}

/** The profile of whoever is signed in; only below the signed-in part of the app. */
export function useMe(): Profile {
  const { data } = useProfile();
  if (!data) throw new Error("nobody is signed in");
  return data;
}

/** After signing in (and the like): takes the new session and reads the profile again. */
export async function enter(signedIn: Schemas["SignedIn"]): Promise<void> {
  setCsrfToken(signedIn.csrf_token);
  queries.removeQueries({ type: "inactive" });
  await queries.fetchQuery({ queryKey: kKey, queryFn: readProfile, staleTime: 0 });
}

export async function refreshProfile(): Promise<void> {
  await queries.refetchQueries({ queryKey: kKey });
}

export async function signOut(): Promise<void> {
  await take(api.DELETE("/api/v1/sessions/current"));
  localStorage.removeItem(kRemembered);
  setCsrfToken(null);
  queries.clear();
  location.assign("/");
}

/** Saves language, theme and digits where the person signs in next. */
export async function saveSettings(change: Partial<Settings>): Promise<void> {
  const { language, ...rest } = change;
  settings.set(rest);
  if (language) await changeLanguage(language);
  const profile = queries.getQueryData<Profile | null>(kKey);
  if (!profile) return;
  const { theme, digits } = settings.get();
  const body = { language: settings.get().language, settings: { ...profile.settings, theme, digits } };
  const header = { "If-Match": `"${String(profile.version)}"` };
  await take(api.PATCH("/api/v1/profile", { params: { header }, body }));
  await refreshProfile();
}

export const hasRole = (profile: Profile, ...roles: Role[]): boolean =>
  profile.memberships.some((membership) => roles.includes(membership.role));
/** Runs projects: sees the console. */
export const isLab = (profile: Profile): boolean => hasRole(profile, "owner", "data_lead", "reviewer", "auditor");
export const isSupplierManager = (profile: Profile): boolean => hasRole(profile, "supplier_manager");
export const isAnnotator = (profile: Profile): boolean => profile.annotator_id !== null;
