/** The answers of the two sides: to mediation, to more time, and to a mediator or lawyer who stands near a party. */
import type { Consent, ConsentAnswer, DisputeContent } from '@/api/mediation';
import type { Uuid } from '@/api/types';

export interface ConsentForm {
  side: Consent['side'];
  purpose: Consent['purpose'];
  given: 'yes' | 'no' | null;
  on: string;
  about: Uuid | null;
}

/** Null while something is not chosen yet. */
export function answerOf({ side, purpose, given, on, about }: ConsentForm): ConsentAnswer | null {
  const person = purpose === 'conflict_waiver' ? about : null;
  if (given === null || (purpose === 'conflict_waiver' && person === null)) return null;
  return { side, purpose, given: given === 'yes', on: on || null, about: person };
}

/** Who said of themselves that they stand near a party: they go on only when both sides accept it. */
export function nearOnes(declarations: DisputeContent['declarations']): Uuid[] {
  const latest = new Map(declarations.map((one) => [one.person, one.relation]));
  return [...latest].filter(([, relation]) => relation !== 'none').map(([person]) => person);
}

/** What was asked, and of a waiver also whom it is about. */
export function purposeWords(one: Consent, t: (key: string) => string, nameOf: (id: string | null) => string): string {
  return `${t(`mediation.purpose_${one.purpose}`)}${one.about ? ` ${nameOf(one.about)}` : ''}`;
}
