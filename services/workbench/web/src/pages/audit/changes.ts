/** What an act changed, field by field: from `before` and `after` as the audit keeps them. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

const shown = (value: unknown): string | null => (value === undefined || value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value));

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that are equal on both sides are left out; values that are no records count as one field. */
export function changesOf(before: unknown, after: unknown): FieldChange[] {
  const left = isRecord(before) ? before : before === null || before === undefined ? {} : { '': before };
  const right = isRecord(after) ? after : after === null || after === undefined ? {} : { '': after };
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .map((field) => ({ field, before: shown(left[field]), after: shown(right[field]) }))
    .filter((one) => one.before !== one.after);
}
