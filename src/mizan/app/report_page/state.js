// What the reader chose: language, digits, theme, question. Kept in the address after '#', so a link can carry it,
// and in the browser's storage where a page opened from a file may have one.

const kChoices = { lang: ['en', 'ar'], digits: ['arab', 'latn'], theme: ['auto', 'light', 'dark'] };

export const state = { lang: 'en', digits: 'arab', theme: 'auto', question: 0 };

export function isRtl() {
  return state.lang === 'ar';
}

export function locale() {
  return state.lang === 'ar' ? `ar-u-nu-${state.digits}-ca-gregory` : 'en-u-nu-latn';
}

export function restoreState(questionCount) {
  state.lang = (navigator.languages ?? []).some((tag) => /^ar\b/.test(tag)) ? 'ar' : 'en';
  take(Object.entries(stored()), questionCount);
  readAddress(questionCount);
}

// True if the address carries choices (it may also be the plain name of a section).
export function readAddress(questionCount) {
  const hash = location.hash.slice(1);
  if (!hash.includes('=')) return false;
  take([...new URLSearchParams(hash)], questionCount);
  return true;
}

export function choose(name, value) {
  state[name] = value;
  const { lang, digits, theme, question } = state;
  try {
    localStorage.setItem('mizan.report', JSON.stringify({ lang, digits, theme }));
  } catch { /* storage is closed to some pages opened from a file: the choice then lasts as long as the page */ }
  const chosen = new URLSearchParams({ lang, digits, theme, question: question + 1 });
  try {
    history.replaceState(null, '', `#${chosen}`);
  } catch { /* a sandboxed viewer may forbid it; nothing depends on it */ }
}

function take(pairs, questionCount) {
  for (const [name, value] of pairs) {
    if (kChoices[name]?.includes(value)) state[name] = value;
    if (name === 'question' && value >= 1 && value <= questionCount) state.question = Math.trunc(value) - 1;
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem('mizan.report')) ?? {};
  } catch {
    return {};
  }
}
