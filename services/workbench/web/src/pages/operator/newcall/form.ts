/** The form of a new call: empty, filled by a suggestion, and what is still missing. Pure. */
import type { CallForm, Caller, Phrase, Suggestion } from '@/api/intake';
import type { Language } from '@/lib/words';

export const PHONE_DIGITS = 11;
export const NARRATIVE_CHARS_MAX = 2000;
export const TITLE_CHARS_MAX = 60;
const MORE_FIELDS = 10;

export const EMPTY: CallForm = {
  phone: '',
  party_id: null,
  caller_name: '',
  salutation: null,
  employer_id: null,
  employer_name: '',
  narrative: '',
  category: null,
  title: '',
  urgency: 'normal',
  urgency_reason: '',
  handling: 'dispatch',
  answer: null,
  gender: null,
  id_no: '',
  claimant_count: 1,
  amount_fen: null,
  region: null,
  migrant: null,
  member: null,
  channel: 'phone',
  confidential: 'none',
  call_back: 'phone',
  call_id: null,
};

export type Missing = Partial<Record<keyof CallForm, string>>;

/** Field → key of the text that says what to do. The server checks again and decides. */
export function missingIn(form: CallForm): Missing {
  const missing: Missing = {};
  const digits = form.phone.replaceAll(/\D/g, '');
  if (!form.party_id && !/^(1\d{10}|0\d{9,11})$/.test(digits)) missing.phone = 'call.needs_phone';
  if (!form.party_id && form.caller_name.trim() === '') missing.caller_name = 'call.needs_name';
  if (form.narrative.trim() === '') missing.narrative = 'call.needs_narrative';
  if (!form.category) missing.category = 'call.needs_category';
  if (form.title.trim() === '') missing.title = 'call.needs_title';
  if (form.urgency === 'critical' && form.urgency_reason.trim() === '') missing.urgency_reason = 'call.needs_reason';
  if (form.handling === 'answer' && !form.answer) missing.answer = 'call.needs_answer';
  return missing;
}

/** Fills what the suggestion knows and leaves alone what somebody typed. */
export function withSuggestion(form: CallForm, suggestion: Suggestion): CallForm {
  return {
    ...form,
    category: suggestion.category?.code ?? form.category,
    urgency: suggestion.urgency?.code ?? form.urgency,
    handling: suggestion.handling ?? form.handling,
    title: form.title || (suggestion.title ?? ''),
    claimant_count: form.claimant_count > 1 ? form.claimant_count : (suggestion.claimant_count ?? form.claimant_count),
    amount_fen: form.amount_fen ?? suggestion.amount_fen,
  };
}

/** The matter in one phrase: the last part of "劳动报酬 / 拖欠工资". */
const matterOf = (path: string): string => path.split('/').at(-1)?.trim() ?? '';

/** Takes another category; the title follows it until somebody writes one. */
export function withCategory(form: CallForm, category: string, pathOf: (code: string) => string): CallForm {
  const isDrafted = form.title === '' || (form.category !== null && form.title === matterOf(pathOf(form.category)));
  return { ...form, category, title: isDrafted ? matterOf(pathOf(category)) : form.title };
}

/** The answers that may be read to the caller, those about this category first. */
export function answersFor(phrases: readonly Phrase[], category: string | null): Phrase[] {
  const answers = phrases.filter((one) => one.kind === 'answer');
  const isAbout = (one: Phrase) => category !== null && one.category === category;
  return [...answers.filter(isAbout), ...answers.filter((one) => !isAbout(one))];
}

/** What is known of the caller, where the form says nothing yet. */
export function withCaller(form: CallForm, caller: Caller): CallForm {
  const party = caller.party;
  if (!party) return { ...form, party_id: null };
  const sameEmployer = form.employer_name === '' && caller.employer;
  return {
    ...form,
    party_id: party.party_id,
    gender: form.gender ?? party.gender,
    salutation: form.salutation ?? (party.gender === 'male' ? 'mr' : party.gender === 'female' ? 'ms' : null),
    member: form.member ?? caller.member,
    ...(sameEmployer ? { employer_id: sameEmployer.employer_id, employer_name: sameEmployer.name, region: form.region ?? sameEmployer.region.code } : {}),
  };
}

/** How many of the folded fields are filled, of how many. */
export function filledMore(form: CallForm): { filled: number; of: number } {
  const filled = [
    form.gender !== null, form.id_no !== '', form.claimant_count > 1, form.amount_fen !== null, form.region !== null,
    form.migrant !== null, form.member !== null, form.channel !== 'phone', form.confidential !== 'none', form.call_back !== 'phone',
  ].filter(Boolean).length;
  return { filled, of: MORE_FIELDS };
}

export function isEmpty(form: CallForm): boolean {
  return form.phone === '' && form.narrative.trim() === '' && form.employer_name === '' && form.caller_name === '';
}

export function labelOf(text: { zh: string; en: string }, language: Language): string {
  return language === 'en' ? text.en : text.zh;
}
