// Four characters for an id: short enough to say aloud, and the same wherever the id is shown.
const kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: none is taken for another

/** FNV-1a, folded to 20 bits: ids are made of time and would look alike cut short. */
export function pseudonymCode(id: string): string {
  let hash = 0x811c9dc5;
  for (const letter of id) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  const folded = (hash >>> 20) ^ (hash & 0xfffff);
  return [15, 10, 5, 0].map((shift) => kLetters[(folded >>> shift) & 31]).join("");
}
