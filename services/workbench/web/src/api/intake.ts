/** The hotline: who is calling, what they say, which cases it may repeat, and the case it becomes. */
import { api } from './client';
import type { ActionForm } from './workbench';
import type { Coded, Day, Deadline, Handling, Instant, Page, PersonMasked, Text, Urgency, Uuid } from './types';

export interface OpenCase {
  case_id: Uuid;
  case_no: string;
  title: string;
  state: Text;
  org_name: string;
  registrar_masked: string | null;
  clock: Deadline;
}

export interface Caller {
  /** Null when the number is not known. */
  party: (PersonMasked & { gender: 'male' | 'female' | null; age: number | null; id_no_masked: string | null }) | null;
  member: boolean;
  calls_12_months: number;
  last_call_on: Day | null;
  last_satisfaction: Text | null;
  employer: EmployerHit | null;
  open_cases: OpenCase[];
  closed_count: number;
  closed_kinds: { label: Text; count: number }[];
}
/** Looks a number up by its blind index; the query string is never logged. */
export const findCaller = (phone: string) => api.get<Caller>('/api/intake/callers', { phone });

export interface EmployerHit {
  employer_id: Uuid;
  name: string;
  short_name: string;
  uscc_tail: string | null;
  region: Coded;
}
export const findEmployers = (text: string) => api.get<Page<EmployerHit>>('/api/intake/employers', { q: text });

export interface EmployerCard extends EmployerHit {
  cases_12_months: number;
  arrears_12_months: number;
  headcount: number | null;
  unionised_since: number | null;
}
export const getEmployer = (id: Uuid) => api.get<EmployerCard>(`/api/intake/employers/${id}`);

export interface Category extends Coded {
  /** "劳动报酬 / 拖欠工资". */
  path: Text;
  /** Full pinyin and initials, lower case: "tuoqiangongzi", "tqgz". */
  pinyin: string;
  initials: string;
  track: string;
}
export interface Phrase {
  code: string;
  title: string;
  initials: string;
  text: string;
  /** `phrase` goes into the narrative, `answer` is read to the caller and may close the case. */
  kind: 'phrase' | 'answer';
  /** What it is about; null fits any category. */
  category: string | null;
}
export interface Catalogue {
  version: string;
  categories: Category[];
  regions: Coded[];
  channels: Coded[];
  phrases: Phrase[];
}
export const getCatalogue = () => api.get<Catalogue>('/api/intake/catalogue');

/** A part of the narrative that led to the suggestion: [start, end) in UTF-16 code units, as JavaScript counts. */
export interface Evidence {
  start: number;
  end: number;
  text: string;
}
export interface Suggested<Code extends string = string> {
  code: Code;
  label: Text;
  /** 0 to 100. */
  percent: number;
  evidence: Evidence[];
  note: Text | null;
}
export interface Suggestion {
  category: Suggested | null;
  track: Suggested | null;
  urgency: Suggested<Urgency> | null;
  handling: Handling | null;
  title: string | null;
  claimant_count: number | null;
  amount_fen: number | null;
  others: Suggested[];
}
export const suggest = (about: { narrative: string; employer_id: Uuid | null }, key: string) =>
  api.post<Suggestion>('/api/intake/suggestions', about, { key });

export interface DuplicateCase extends OpenCase {
  claimant_count: number;
  same: Coded[];
  differs: Coded[];
  /** What pressing its number does. */
  act: 'join' | 'append';
}
export interface Duplicates {
  items: DuplicateCase[];
  /** Same employer, same category, unfinished, last 30 days. */
  group: { people_open: number; people_with_this: number; threshold: number; reached: boolean } | null;
}
export interface DuplicateQuestion {
  phone: string;
  employer_id: Uuid | null;
  category: string | null;
  claimant_count: number;
}
export const findDuplicates = (question: DuplicateQuestion, key: string) =>
  api.post<Duplicates>('/api/intake/duplicates', question, { key });

export interface Plan {
  /** Where the case goes: "四会市总工会 · 属地调解组". */
  target: Text;
  basis: Text;
  clocks: Deadline[];
}
export interface PlanQuestion {
  category: string;
  urgency: Urgency;
  handling: Handling;
  region: string | null;
  employer_id: Uuid | null;
  claimant_count: number;
}
export const plan = (question: PlanQuestion, key: string) =>
  api.post<Plan>('/api/intake/plans', question, { key });

export interface CallForm {
  phone: string;
  party_id: Uuid | null;
  caller_name: string;
  salutation: 'mr' | 'ms' | null;
  employer_id: Uuid | null;
  employer_name: string;
  narrative: string;
  category: string | null;
  title: string;
  urgency: Urgency;
  urgency_reason: string;
  handling: Handling;
  /** Code of the phrase that answered the question, when handling is `answer`. */
  answer: string | null;
  gender: 'male' | 'female' | null;
  id_no: string;
  claimant_count: number;
  amount_fen: number | null;
  region: string | null;
  migrant: boolean | null;
  member: boolean | null;
  channel: string;
  confidential: 'none' | 'from_employer' | 'full';
  call_back: 'phone' | 'sms' | 'none';
  call_id: Uuid | null;
}
export interface Registered {
  case_id: Uuid;
  case_no: string;
  /** 8 characters without a dash. */
  tracking_code: string;
  tracking_sent: boolean;
  clocks: Deadline[];
}
export const registerCall = (call: CallForm, key: string) => api.post<Registered>('/api/intake/calls', call, { key });

export interface AppendedCall {
  case_id: Uuid;
  case_no: string;
  note_id: Uuid;
}
export const appendCall = (caseId: Uuid, call: Pick<CallForm, 'phone' | 'caller_name' | 'narrative' | 'call_id'>, key: string) =>
  api.post<AppendedCall>(`/api/intake/cases/${caseId}/calls`, call, { key });
export const joinGroup = (caseId: Uuid, call: CallForm, key: string) =>
  api.post<AppendedCall>(`/api/intake/cases/${caseId}/claimants`, call, { key });
export const addNote = (caseId: Uuid, note: { visibility: 'internal' | 'external'; text: string }, key: string) =>
  api.post<{ note_id: Uuid }>(`/api/intake/cases/${caseId}/notes`, note, { key });

export interface Draft {
  draft_id: Uuid;
  state: 'draft' | 'held';
  saved_at: Instant;
  call: CallForm;
}
export const getDraft = (id: Uuid) => api.get<Draft>(`/api/intake/drafts/${id}`);
export const saveDraft = (id: Uuid, draft: { state: 'draft' | 'held'; call: CallForm }, key: string) =>
  api.put<{ saved_at: Instant }>(`/api/intake/drafts/${id}`, draft, { key });
export const dropDraft = (id: Uuid) => api.delete<void>(`/api/intake/drafts/${id}`);

export interface PhoneState {
  /** `absent`: no telephony connected; numbers are typed. */
  state: 'absent' | 'idle' | 'break' | 'ringing' | 'talking' | 'held' | 'after';
  since: Instant | null;
  call_id: Uuid | null;
  phone: string | null;
  phone_masked: string | null;
  recording: boolean;
  calls_today: number;
}
export const getPhone = () => api.get<PhoneState>('/api/intake/phone');
export const setPhone = (act: 'idle' | 'break' | 'mute' | 'hold' | 'hang_up' | 'dial', key: string, phone?: string) =>
  api.post<PhoneState>('/api/intake/phone', { act, phone: phone ?? null }, { key });

export interface DayCall {
  call_id: Uuid;
  at: Instant;
  direction: 'in' | 'out' | 'missed';
  who_masked: string;
  phone_tail: string;
  seconds: number | null;
  outcome: Text;
  warn: boolean;
  case_id: Uuid | null;
}
export interface Today {
  shift: Text;
  answered: number;
  average_s: number;
  quick: { count: number; of: number };
  satisfied: { count: number; of: number };
  calls_in: number;
  calls_out: number;
  calls_missed: number;
  calls: DayCall[];
}
export const getToday = () => api.get<Today>('/api/intake/today');

export type CallBackResult = 'reached' | 'no_answer' | 'refused';
export interface CallBack {
  result: CallBackResult;
  /** 1 to 5; null unless reached. */
  satisfaction: number | null;
  /** Dissatisfied because of how it was handled: the case is reopened (rule 44). */
  handler_at_fault: boolean;
  note: string;
}
export const recordCallBack = (caseId: Uuid, callBack: CallBack, key: string) =>
  api.post<void>(`/api/intake/cases/${caseId}/call-backs`, callBack, { key });

export interface Candidate {
  id: string;
  name: Text;
  /** Tells those of one name apart. */
  note: Text | null;
}
/** What an action of a case may be aimed at. */
export const getCandidates = (caseId: Uuid, action: string) =>
  api.get<Page<Candidate>>(`/api/intake/cases/${caseId}/candidates`, { act: action });

/** Every action of a case that asks no more than a reason, a note, a target and a date, under its own code. */
export const actOnCase = (caseId: Uuid, action: string, form: ActionForm, version: number | undefined, key: string) =>
  api.post<void>(`/api/intake/cases/${caseId}/${action}`, form, { key, version });
