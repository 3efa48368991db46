/** The form of an assessment as flat fields, and how two people's changes to it come together. Pure. */
import type { Answer, Assessment, Conclusion } from '@/api/mediation';

/** `judgement`, `<item>.conclusion`, `<item>.note` → text. A field that is not there is empty. */
export type Fields = Record<string, string>;

export const JUDGEMENT = 'judgement';
export const conclusionOf = (item: string): string => `${item}.conclusion`;
export const noteOf = (item: string): string => `${item}.note`;

/** The latest version of a stage's assessment. */
export function latest(assessments: readonly Assessment[], stage: string): Assessment | null {
  return assessments.filter((one) => one.stage === stage).reduce<Assessment | null>((best, one) => (best && best.version >= one.version ? best : one), null);
}

export function fieldsOf(assessment: Assessment | null): Fields {
  if (!assessment) return {};
  const fields: Fields = { [JUDGEMENT]: assessment.judgement };
  for (const one of assessment.answers) {
    fields[conclusionOf(one.item)] = one.conclusion;
    fields[noteOf(one.item)] = one.note;
  }
  return fields;
}

/** What can be saved: items with a conclusion. A note without one waits for it. */
export function formOf(fields: Fields, items: readonly string[]): { answers: Answer[]; judgement: string } {
  const answers = items.flatMap((item) => {
    const conclusion = fields[conclusionOf(item)];
    return conclusion ? [{ item, conclusion: conclusion as Conclusion, note: fields[noteOf(item)] ?? '' }] : [];
  });
  return { answers, judgement: fields[JUDGEMENT] ?? '' };
}

export const same = (one: Fields, other: Fields, items: readonly string[]): boolean => JSON.stringify(formOf(one, items)) === JSON.stringify(formOf(other, items));

/** Mine and theirs, both begun from `seen`: what only one of us changed is taken; what both changed differently clashes. */
export function merge(seen: Fields, mine: Fields, theirs: Fields): { fields: Fields; clashes: string[] } {
  const fields: Fields = {};
  const clashes: string[] = [];
  for (const name of new Set([...Object.keys(seen), ...Object.keys(mine), ...Object.keys(theirs)])) {
    const [was, own, other] = [seen[name] ?? '', mine[name] ?? '', theirs[name] ?? ''];
    fields[name] = own === was ? other : own;
    if (own !== was && other !== was && own !== other) clashes.push(name);
  }
  return { fields, clashes };
}
