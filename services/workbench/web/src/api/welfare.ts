/** Aid: the queues, and one application with its arithmetic, checks, money and signatures. */
import { api } from './client';
import type { AllowedAction, Coded, Day, Deadline, Instant, OrgRef, Page, StaffRef, Text, Uuid } from './types';

export type WelfareQueue =
  | 'all' | 'first_review' | 'sent_back' | 'visit' | 'submit' | 'review' | 'public' | 'approval' | 'release' | 'bank' | 'unknown' | 'returned' | 'record';

export interface ApplicationRow {
  application_id: Uuid;
  /** `ZQ-20261116-000203`. */
  application_no: string;
  case_id: Uuid;
  name_masked: string;
  programme: Coded;
  state: Coded;
  hardship: Coded | null;
  /** 0 while the form is not filled in. */
  amount_fen: number;
  org: OrgRef;
  handler: StaffRef | null;
  clock: Deadline | null;
  opened_at: Instant;
}
export interface ApplicationFilter {
  queue?: string;
  cursor?: string;
}
/** Due first. */
export const getApplications = ({ queue, cursor }: ApplicationFilter) =>
  api.get<Page<ApplicationRow> & { counts: Record<WelfareQueue, number>; as_of: Instant }>('/api/welfare/applications', { queue, cursor });

export interface Applicant {
  name_masked: string;
  id_no_masked: string | null;
  phone_masked: string | null;
  gender: 'male' | 'female' | null;
  age: number | null;
  employer_name: string | null;
  member_since: number | null;
  migrant: boolean | null;
  situation: string | null;
  account_masked: string | null;
  bank: string | null;
}
export interface MemberLine {
  /** Null for the applicant. */
  index: number | null;
  relation: string;
  name_masked: string;
  id_no_masked: string | null;
  situation: string;
  income_fen: number;
  guardian_consent: boolean;
}
/** The arithmetic of hardship, computed by the server (rules 53, 54). */
export interface Hardship {
  /** Edition of the standard. */
  standard: string;
  /** "（52,800.00 − 9,600.00）÷ 12 ÷ 3 = 1,200.00 元". */
  formula: string;
  per_capita_fen: number;
  expenses: { label: string; amount_fen: number }[];
  calamity: string;
  calamity_fen: number;
  lines: { hardship: Coded; text: Text; met: boolean }[];
  proposed: Coded;
  /** What the programme gives for that class; 0 when it gives nothing. */
  usual_fen: number;
  yearly_cap_fen: number;
  paid_this_year_fen: number;
}
export type Verdict = 'pass' | 'warn' | 'block' | 'later';
export interface CheckItem {
  /** W1 … W20. */
  id: string;
  title: Text;
  state: Verdict;
  reason: Text;
  remedy: Text | null;
  /** A person may answer it with a reason. */
  explainable: boolean;
  explanation: { accepted: boolean; reason: string; by: StaffRef | null; at: Instant } | null;
  detail: string | null;
}
export interface Budget {
  budget_id: Uuid;
  year: number;
  spent_fen: number;
  others_fen: number;
  own_fen: number;
  available_fen: number;
  /** Held → owed → bank → reconciled; `hint` says when, `at` since when. */
  steps: { code: string; label: Text; hint: Text; at: Instant | null }[];
}
export interface PublicityCalendar {
  starts_on: Day;
  ends_on: Day;
  ends_at: Instant;
  provisional: boolean;
  /** False: what it would be if the review passed today. */
  started: boolean;
  /** False: emergency aid, paid while it is public. */
  waits: boolean;
  days: { day: Day; kind: 'start' | 'counted' | 'off'; no: number | null }[];
  /** What the public reads, masked. */
  line: string;
}
export interface Objection {
  objection_id: Uuid;
  channel: string;
  raised_at: Instant;
  upheld: boolean | null;
  resolved_at: Instant | null;
}
export interface Signature {
  seat: Coded;
  staff: StaffRef | null;
  at: Instant | null;
  state: 'signed' | 'waiting';
}
export interface PaymentView {
  payment_id: Uuid;
  attempt: number;
  amount_fen: number;
  state: Coded;
  reason: string;
  account_masked: string;
  ordered_at: Instant;
  sent_at: Instant | null;
  heard_at: Instant | null;
  /** What the first of two people said became of it. */
  proposed: string | null;
  /** The bank said settled of what had been taken back. */
  contradicts: boolean;
}
export interface ApplicationPage {
  application_id: Uuid;
  application_no: string;
  version: number;
  case_id: Uuid;
  case_no: string | null;
  party_id: Uuid;
  title: Text;
  state: Coded;
  origin: string;
  programme: Coded;
  org: OrgRef;
  amount_fen: number;
  clock: Deadline | null;
  steps: { code: string; label: Text; state: 'done' | 'now' | 'later'; on: Day | null }[];
  applicant: Applicant;
  household: { size: number; members: MemberLine[]; income_fen: number } | null;
  hardship: Hardship | null;
  checks: { counts: Record<Verdict, number>; items: CheckItem[] };
  budget: Budget | null;
  publicity: PublicityCalendar | null;
  objections: Objection[];
  signatures: Signature[];
  signers_differ: boolean;
  /** The first attempt first. */
  payments: PaymentView[];
  opinions: { act: string; by: StaffRef | null; at: Instant; text: string }[];
  /** What an approval binds. */
  content_hash: string | null;
  may_reveal: boolean;
  /** `code` is the last part of the command's address. */
  allowed_actions: AllowedAction[];
}
export const getApplication = (id: Uuid) => api.get<ApplicationPage>(`/api/welfare/applications/${id}`);

/** A caller's hardship becomes an application of its own, linked to the case. */
export const openApplication = (request: { case_id: Uuid; party_id: Uuid; programme: string }, key: string) =>
  api.post<{ application_id: Uuid }>('/api/welfare/applications', request, { key });

export interface FormMember {
  relation: string;
  name: string;
  id_no: string;
  situation: string;
  income_fen: number;
  guardian_consent: boolean;
}
export interface FormExpense {
  label: string;
  amount_fen: number;
}
/** What the officer writes down with the applicant. */
export interface ApplicationForm {
  name: string;
  id_no: string;
  phone: string;
  address: string;
  employer_name: string;
  employer_uscc: string;
  situation: string;
  income_fen: number;
  amount_fen: number;
  reason: string;
  status: 'active' | 'retired' | 'left' | 'deceased' | null;
  member_since: number | null;
  migrant: boolean | null;
  members: FormMember[];
  expenses: FormExpense[];
  calamity_fen: number;
  calamity: string;
  disaster: boolean;
  assets: { found: boolean; what: string; explanation: string } | null;
  aided_elsewhere: boolean | null;
  invoice_no: string;
  account: { number: string; bank: string; holder: string; guardian: string };
  consent_version: string;
  consented_on: Day | null;
  publicity_consent: boolean;
  own_staff_id: Uuid | null;
  relatives: Uuid[];
}
/** Full values, for the officer who fills it in; the owner audits the reading. `form` is null before the first filling. */
export const getApplicationForm = (id: Uuid) =>
  api.get<{ version: number; form: ApplicationForm | null; consent_versions: string[] }>(`/api/welfare/applications/${id}/form`);
export const saveApplicationForm = (id: Uuid, form: ApplicationForm, version: number, key: string) =>
  api.put<void>(`/api/welfare/applications/${id}/form`, form, { key, version });

export interface HouseholdMoney {
  programme: string;
  incomes_fen: number[];
  expenses: FormExpense[];
  calamity_fen: number;
  disaster: boolean;
}
/** Arithmetic while the form is typed: reads only, stores nothing, knows no person. */
export const assessHousehold = (money: HouseholdMoney, key: string) => api.post<Hardship>('/api/welfare/assessments', money, { key });

const command = (id: Uuid, path: string, body: unknown, version: number, key: string) =>
  api.post<unknown>(`/api/welfare/applications/${id}/${path}`, body, { key, version });

/** Steps and their bodies: what is written to a step has a name of its own in each. */
export const takeStep = (data: ApplicationPage, code: string, text: string, key: string): Promise<unknown> => {
  const bodies: Record<string, unknown> = {
    review: { opinion: text },
    approve: { content_hash: data.content_hash ?? '', opinion: text },
    'send-back': { reason: text },
    reject: { reason: text },
    withdraw: { reason: text },
    checks: {},
  };
  return command(data.application_id, code, bodies[code] ?? { note: text }, data.version, key);
};

export const recordVisit = (id: Uuid, visit: { visited_on: Day; companion: string; report: string }, version: number, key: string) =>
  command(id, 'visit', visit, version, key);
/** A person's judgement on a check that found something. */
export const explainCheck = (id: Uuid, judged: { check: string; accepted: boolean; reason: string }, version: number, key: string) =>
  command(id, 'explanations', judged, version, key);
export type ObjectionChannel = 'phone' | 'visit' | 'letter' | 'web';
export const raiseObjection = (id: Uuid, objection: { channel: ObjectionChannel; text: string }, version: number, key: string) =>
  command(id, 'objections', objection, version, key);
export const resolveObjection = (id: Uuid, objectionId: Uuid, finding: { upheld: boolean; finding: string }, version: number, key: string) =>
  command(id, `objections/${objectionId}/resolve`, finding, version, key);
export const correctAccount = (id: Uuid, account: { number: string; bank: string; holder: string; guardian: string; reason: string }, version: number, key: string) =>
  command(id, 'account', account, version, key);

export type PaymentOutcome = 'settled' | 'returned' | 'send_again';
/** The first person says what became of a payment, with evidence; the same words of another person decide it. */
export const decidePayment = (paymentId: Uuid, decision: { outcome: PaymentOutcome; evidence: string }, key: string) =>
  api.post<{ result: 'done' | 'second_person_needed' }>(`/api/welfare/payments/${paymentId}/decisions`, decision, { key });
