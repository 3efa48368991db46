/** Whether a person is at this screen: the server ends a session that nobody used, however much the screen fetches by itself. */

/** What follows an act is asked for within this time; whatever is asked later, the screen asked by itself. */
const ACT_LASTS_MS = 10_000;

/** Opening the page is an act. */
let actedAt = performance.now();

export function noteAct(): void {
  actedAt = performance.now();
}

export function isSomebodyHere(): boolean {
  return performance.now() - actedAt < ACT_LASTS_MS;
}

if (typeof window !== 'undefined') {
  for (const kind of ['pointerdown', 'wheel']) window.addEventListener(kind, noteAct, { capture: true, passive: true });
}
