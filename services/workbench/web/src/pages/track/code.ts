/** A tracking code as it is typed: capital letters and digits, shown in two groups of four. */
export const CODE_CHARS = 8;
const GROUP = 4;

/** Drops spaces, dashes and what cannot be part of a code; the server corrects look-alikes. */
export function cleaned(text: string): string {
  return text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '').slice(0, CODE_CHARS);
}

/** "7K3M9Q2T" → "7K3M-9Q2T". */
export function grouped(code: string): string {
  return code.length > GROUP ? `${code.slice(0, GROUP)}-${code.slice(GROUP)}` : code;
}
