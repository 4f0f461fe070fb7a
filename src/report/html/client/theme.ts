// Dark or light: as the system says, until the reader says otherwise. The choice is kept if the browser lets us.

const key = "weft-theme";

/** Applies what was chosen before. */
export function restoreTheme(): void {
  const kept = remembered();
  if (kept === "dark" || kept === "light") document.documentElement.dataset["theme"] = kept;
}

/** Changes from dark to light or back. */
export function toggleTheme(): void {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = root.dataset["theme"] ?? (dark ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  root.dataset["theme"] = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // A page from a file may have no storage: then the choice lasts as long as the page.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
