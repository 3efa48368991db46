/** Where the cure of a missing thing is: a page of its own, or a dialog; and which right it needs. */
export const DIALOGS = [
  'scope', 'consents', 'declarations', 'mediators', 'lawyer', 'grade', 'waive_meeting', 'sessions', 'papers', 'advice', 'end', 'archive', 'hardship', 'extend', 'track',
  'send_back', 'standstill',
] as const;
export type DialogName = (typeof DIALOGS)[number];

export type Cure = { page: string } | { dialog: DialogName };

/** Codes of `services/mediation/domain/guards.py`: `scope`, `meeting.minutes`, `assessment.<stage>.<item>`, `files.<paper>` … */
export function cureOf(code: string, disputeId: string): Cure | null {
  const [area = '', second = '', third = ''] = code.split('.');
  const base = `/disputes/${disputeId}`;
  if (area === 'assessment') return { page: `${base}/assessments/${second}${third ? `?item=${third}` : ''}` };
  if (area === 'meeting') return { page: `${base}/meeting` };
  if (area === 'agreement') return { page: `${base}/agreement` };
  if (area === 'files') return { dialog: 'papers' };
  if (area === 'legal_opinion') return { dialog: 'lawyer' };
  const dialog = DIALOGS.find((name) => name === area);
  return dialog ? { dialog } : null;
}

const RIGHTS: Partial<Record<DialogName, string>> = {
  mediators: 'assign_mediators', lawyer: 'offer_to_lawyer', waive_meeting: 'waive_meeting', end: 'end', archive: 'archive', send_back: 'send_back', standstill: 'suspend',
};

/** The right a cure needs, to be looked for in `allowed` of the dispute. */
export const rightFor = (cure: Cure): string => ('dialog' in cure ? (RIGHTS[cure.dialog] ?? 'handle') : 'handle');
