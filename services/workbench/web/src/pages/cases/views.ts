/** Saved views are addresses with a name, kept on this device for this person. */
const STORE = 'nuanliu.views.';
export const VIEWS_MAX = 12;
export const NAME_CHARS_MAX = 20;
/** Where one is inside the list is no part of a view. */
const NOT_KEPT = new Set(['cursor']);

export interface View {
  name: string;
  /** Query string without "?". */
  query: string;
}

function isView(one: unknown): one is View {
  return typeof one === 'object' && one !== null && typeof (one as View).name === 'string' && typeof (one as View).query === 'string';
}

export function loadViews(staffId: string): View[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORE + staffId) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    // Somebody edited the storage by hand: begin again.
    return [];
  }
}

export function keepViews(staffId: string, views: View[]): void {
  localStorage.setItem(STORE + staffId, JSON.stringify(views.slice(0, VIEWS_MAX)));
}

/** The filter as a query string in one order, so that equal views are equal texts. */
export function queryOf(filter: Record<string, string>): string {
  const params = new URLSearchParams(Object.entries(filter).filter(([name, value]) => value !== '' && !NOT_KEPT.has(name)));
  params.sort();
  return params.toString();
}
