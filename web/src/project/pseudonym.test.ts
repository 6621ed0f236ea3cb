import { describe, expect, it } from "vitest";
import { pseudonymCode } from "./pseudonym";

describe("a pseudonym", () => {
  it("is four characters, the same each time", () => {
    expect(pseudonymCode("ant_0ambzrhtw0400")).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(pseudonymCode("ant_0ambzrhtw0400")).toBe(pseudonymCode("ant_0ambzrhtw0400"));
  });

  it("hardly ever meets another, though ids of one moment differ in a digit or two", () => {
    const letters = "0123456789abcdefghjkmnpqrstvwxyz";
    const ids = [...letters].flatMap((a) => [...letters].slice(0, 8).map((b) => `ant_0ambzrhtw0${b}0${a}`));
    const codes = new Set(ids.map(pseudonymCode));
    expect(codes.size).toBeGreaterThanOrEqual(ids.length - 2);
  });
});
