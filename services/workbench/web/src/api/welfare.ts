/** Aid: the queue, one application with its arithmetic, checks, money and signatures, and the public list. */
import { api } from './client';
import type { AllowedAction, Coded, Day, Deadline, Instant, OrgRef, Page, StaffRef, Text, Uuid } from './types';
import type { ActionForm } from './workbench';

export type WelfareQueue = 'first_review' | 'visit' | 'submit' | 'check' | 'public' | 'approve' | 'pay' | 'returned';

export interface ApplicationRow {
  application_id: Uuid;
  /** `ZQ-20261116-000203`. */
  number: string;
  name_masked: string;
  programme: Coded;
  hardship: Coded | null;
  amount_fen: number | null;
  state: Coded;
  /** What it waits for; null when nothing is left to do. */
  queue: WelfareQueue | null;
  org: OrgRef;
  clock: Deadline | null;
  blocked: number;
  warned: number;
  /** One line of what happened or is missing. */
  note: Text | null;
  /** The reader may do the next step. */
  mine: boolean;
}
export interface ApplicationPageOfRows extends Page<ApplicationRow> {
  counts: Record<WelfareQueue | 'all', number>;
  total: number;
  as_of: Instant;
}
export interface ApplicationFilter {
  queue?: string;
  programme?: string;
  region?: string;
  q?: string;
  cursor?: string;
}
export const getApplications = (filter: ApplicationFilter) =>
  api.get<ApplicationPageOfRows>('/api/welfare/applications', { ...filter });

export interface HouseholdMember {
  id: string;
  relation: string;
  name_masked: string;
  situation: string;
  income_fen: number;
}
export interface AssessmentLine {
  hardship: Coded;
  met: boolean;
  text: Text;
  /** The class that is proposed of those that fit. */
  proposed: boolean;
}
/** The arithmetic of hardship, computed by the server (rules 53, 54). */
export interface Assessment {
  basis: Text;
  title: Text;
  /** "（52,800.00 − 9,600.00）÷ 12 ÷ 3 = **1,200.00 元**". */
  formula: Text;
  detail: Text | null;
  lines: AssessmentLine[];
  proposal: Text;
  per_capita_fen: number;
  /** What the programme gives for that class; 0 when it gives nothing. */
  usual_fen: number;
}
export type Verdict = 'pass' | 'warn' | 'block' | 'later';
export interface FileRef {
  file_id: Uuid;
  name: string;
  href: string;
}
export interface CheckItem {
  /** W1 … W20. */
  id: string;
  title: Text;
  verdict: Verdict;
  reason: Text;
  remedy: Text | null;
  files: FileRef[];
  /** A person judged it, and why. */
  explained: Text | null;
  /** The ways out, in order: `explain`, `send_back`, … */
  actions: AllowedAction[];
}
export interface BudgetEntry {
  id: Uuid;
  at: Instant;
  text: Text;
  amount_fen: number;
  /** `posted` moves money, `held` keeps it, `released` gives it back. */
  kind: 'posted' | 'held' | 'released';
}
export interface Budget {
  title: Text;
  paid_fen: number;
  other_holds_fen: number;
  own_hold_fen: number;
  available_fen: number;
  /** Reserved → payable → bank → reconciled. */
  steps: { code: string; name: Text; done: boolean; at: Instant | null; note: Text | null }[];
  entries: BudgetEntry[];
}
export interface Objection {
  objection_id: Uuid;
  raised_at: Instant;
  channel: Coded;
  text: string;
  state: 'open' | 'upheld' | 'dismissed';
  finding: string | null;
  actions: AllowedAction[];
}
export interface PublicityCalendar {
  state: 'planned' | 'running' | 'over';
  note: Text;
  starts_on: Day;
  ends_at: Instant;
  provisional: boolean;
  /** Each day from the first to the last; `number` counts working days. */
  days: { day: Day; kind: 'start' | 'work' | 'rest'; number: number | null }[];
  /** What the public reads, masked. */
  line: Text;
  objections: Objection[];
}
export interface Signature {
  seat: Coded;
  staff: StaffRef | null;
  at: Instant | null;
  state: 'signed' | 'due' | 'waits';
  is_you: boolean;
  note: Text | null;
}
export interface PaymentView {
  payment_id: Uuid;
  state: Coded;
  tone: 'normal' | 'soon' | 'over' | 'done' | 'paused';
  attempt: number;
  amount_fen: number;
  account_masked: string;
  /** The bank carries it unchanged. */
  end_to_end_id: string;
  ordered_at: Instant;
  sent_at: Instant | null;
  heard_at: Instant | null;
  reason: Text | null;
  /** First of two people said what became of it. */
  proposal: { outcome: Coded; by: StaffRef; at: Instant; evidence: string; by_you: boolean } | null;
  /** A corrected account after a return, waiting for somebody else or for the end of its rest. */
  account_change: { account_masked: string; bank: string; by: StaffRef; at: Instant; by_you: boolean; approved_at: Instant | null; payable_from: Instant | null } | null;
  actions: AllowedAction[];
}
export interface ApplicationPage {
  application_id: Uuid;
  number: string;
  version: number;
  case: { case_id: Uuid; case_no: string } | null;
  programme: Coded;
  state: Coded;
  queue: WelfareQueue | null;
  place: Text;
  amount_fen: number | null;
  clock: Deadline | null;
  steps: { code: string; name: Text; at: Instant | null }[];
  /** Index of the present step. */
  step: number;
  person: {
    party_id: Uuid;
    name_masked: string;
    line: Text;
    employer: string | null;
    id_no_masked: string | null;
    phone_masked: string | null;
    account_masked: string | null;
    bank: string | null;
  };
  members: HouseholdMember[];
  income_fen: number;
  assessment: Assessment | null;
  visit: { visited_on: Day; companion: string; report: string } | null;
  checks: CheckItem[];
  /** Which checks come later, and when. */
  later: Text | null;
  budget: Budget | null;
  publicity: PublicityCalendar | null;
  signatures: { distinct: boolean; problem: Text | null; items: Signature[] };
  payment: PaymentView | null;
  files: FileRef[];
  /** Why the primary action cannot be done yet is in its `blocked`. */
  allowed_actions: AllowedAction[];
  as_of: Instant;
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
}
/** Full values, for the officer who fills it in; the owner audits the reading. */
export const getApplicationForm = (id: Uuid) => api.get<{ version: number; form: ApplicationForm; consent_versions: string[] }>(`/api/welfare/applications/${id}/form`);
export const saveApplicationForm = (id: Uuid, form: ApplicationForm, version: number, key: string) =>
  api.put<void>(`/api/welfare/applications/${id}/form`, form, { key, version });

export interface HouseholdMoney {
  programme: string;
  incomes_fen: number[];
  expenses_fen: number[];
  calamity_fen: number;
  disaster: boolean;
}
/** Arithmetic while the form is typed: reads only, stores nothing, knows no person. */
export const assessHousehold = (money: HouseholdMoney, key: string) => api.post<Assessment>('/api/welfare/assessments', money, { key });

/** Steps that need no more than a reason or a note: review_first, submit, check, approve, pay, record, send_back, reject, withdraw. */
export const actOnApplication = (id: Uuid, action: string, form: ActionForm, version: number, key: string) =>
  api.post<void>(`/api/welfare/applications/${id}/${action.replaceAll('_', '-')}`, form, { key, version });

export const recordVisit = (id: Uuid, visit: { visited_on: Day; companion: string; report: string }, version: number, key: string) =>
  api.post<void>(`/api/welfare/applications/${id}/visit`, visit, { key, version });
/** A person's judgement on a check that found something. */
export const explainCheck = (id: Uuid, judged: { check: string; accepted: boolean; reason: string }, version: number, key: string) =>
  api.post<void>(`/api/welfare/applications/${id}/explanations`, judged, { key, version });
export const raiseObjection = (id: Uuid, objection: { channel: string; text: string }, key: string) =>
  api.post<{ objection_id: Uuid }>(`/api/welfare/applications/${id}/objections`, objection, { key });
export const resolveObjection = (id: Uuid, objectionId: Uuid, finding: { upheld: boolean; finding: string }, key: string) =>
  api.post<void>(`/api/welfare/applications/${id}/objections/${objectionId}/resolution`, finding, { key });

export type PaymentOutcome = 'settled' | 'returned' | 'send_again';
/** The first person says what became of a payment, with evidence; the same call by another person decides it. */
export const decidePayment = (paymentId: Uuid, decision: { outcome: PaymentOutcome; evidence: string }, key: string) =>
  api.post<{ result: 'decided' | 'second_person_needed' }>(`/api/welfare/payments/${paymentId}/decision`, decision, { key });
export const correctAccount = (id: Uuid, account: { number: string; bank: string; holder: string; guardian: string; reason: string }, version: number, key: string) =>
  api.put<void>(`/api/welfare/applications/${id}/account`, account, { key, version });
export const approveAccount = (id: Uuid, version: number, key: string) =>
  api.post<void>(`/api/welfare/applications/${id}/account/approval`, {}, { key, version });

export interface PublicLine {
  application_id: Uuid;
  name_masked: string;
  unit: string;
  programme: Coded;
  hardship: Coded;
  amount_fen: number;
  starts_on: Day;
  ends_on: Day;
  provisional: boolean;
  objections_open: number;
}
/** What is public now: masked names, units, classes and amounts, nothing else. */
export const getPublicList = (filter: { cursor?: string; programme?: string }) =>
  api.get<Page<PublicLine> & { org: OrgRef; phone: string; as_of: Instant }>('/api/welfare/publicity', { ...filter });

export interface PaymentRow {
  payment_id: Uuid;
  application_id: Uuid;
  number: string;
  name_masked: string;
  programme: Coded;
  amount_fen: number;
  account_masked: string;
  state: Coded;
  tone: PaymentView['tone'];
  attempt: number;
  moved_at: Instant;
  reason: Text | null;
}
export interface PaymentSums {
  due_fen: number;
  settled_fen: number;
  in_transit_fen: number;
  returned_fen: number;
  /** due − settled − in transit − returned: not 0 means a person must look. */
  difference_fen: number;
  count: number;
}
export const getPayments = (filter: { state?: string; cursor?: string }) =>
  api.get<Page<PaymentRow> & { counts: Record<string, number>; sums: PaymentSums; as_of: Instant }>('/api/welfare/payments', { ...filter });
