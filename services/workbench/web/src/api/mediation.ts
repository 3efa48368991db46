/** Mediation as its own service answers it: the page of one dispute, and the commands that change it. */
import { api } from './client';
import type { Day, Grade, Instant, Role, Uuid } from './types';
import type { ActionForm } from './workbench';

/** Every action of a dispute is one command under its own code: accept, transfer, remind, extend, close … */
export const actOnDispute = (disputeId: Uuid, action: string, form: ActionForm, version: number | undefined, key: string) =>
  api.post<void>(`/api/mediation/disputes/${disputeId}/${action}`, form, { key, version });

/** One thing the next step lacks. `cure` names what mends it: `scope`, `meeting.schedule`, `assessment.<stage>.<item>` … */
export interface MissingItem {
  code: string;
  zh: string;
  en: string;
  cure: string;
}
/** One condition of the way out of the present stage, and how many things it still finds missing. */
export interface GuardState {
  code: string;
  missing: number;
}
export type StageKind = 'acceptance' | 'assessment' | 'conference' | 'mediation' | 'performance' | 'archive';
export interface ChecklistItem {
  id: string;
  zh: string;
  en: string;
  from_grade: Grade;
}
export interface Stage {
  id: string;
  kind: StageKind;
  zh: string;
  en: string;
  checklist: ChecklistItem[];
  sign_off: Role[];
}
export type Conclusion = 'yes' | 'partly' | 'no' | 'not_applicable';
export interface Answer {
  item: string;
  conclusion: Conclusion;
  note: string;
}
export interface Signature {
  person: Uuid;
  role: Role;
  at: Instant;
  content_hash: string;
}
export interface Assessment {
  stage: string;
  version: number;
  author: Uuid;
  grade: Grade;
  judgement: string;
  answers: Answer[];
  reason: string;
  signatures: Signature[];
  /** What a signature vouches for. */
  content_hash: string;
}
export interface Decision {
  id: Uuid;
  text: string;
  owner: Uuid | null;
  due: Day | null;
  done_on: Day | null;
}
export interface Conference {
  booking: { id: Uuid; room: string; members: Uuid[]; starts_at: Instant; ends_at: Instant };
  chair: Uuid;
  agenda: { no: number; topic: string }[];
  attendance: { person: Uuid; present: boolean; absence_reason: string; substitute: Uuid | null }[];
  minutes: string;
  decisions: Decision[];
}
export interface Instalment {
  no: number;
  amount_fen: number;
  due: Day;
  state: 'due' | 'paid' | 'enforced';
  settled_on: Day | null;
}
export const CONTENTS = ['wages', 'injury_medical', 'economic_compensation', 'damages', 'employment_relation', 'status_or_title', 'other'] as const;
export type AgreementContent = (typeof CONTENTS)[number];
export const HANDS = ['workers', 'employer', 'mediator', 'seal'] as const;
export type Hand = (typeof HANDS)[number];
export const REVIEWS = ['arbitration_review', 'judicial_confirmation', 'waived'] as const;
export type ReviewChoice = (typeof REVIEWS)[number];
export interface Agreement {
  parties: string;
  claims: string;
  result: string;
  manner: string;
  contents: AgreementContent[];
  amount_fen: number;
  amount_in_words: string;
  paid_fen: number;
  instalments: Instalment[];
  act: string;
  act_due: Day | null;
  represented: number;
  represented_consents: number;
  signatures: Record<`${Hand}_at`, Instant | null>;
  review: ReviewChoice | null;
}
export const OUTCOMES = ['withdrawn', 'refused', 'gap_too_wide', 'party_unreachable', 'period_over', 'refused_to_sign', 'out_of_scope', 'other'] as const;
export type Failure = (typeof OUTCOMES)[number];
export const RECEIPTS = ['signed', 'refused', 'served'] as const;
export type Receipt = (typeof RECEIPTS)[number];
export const PAPERS = ['application', 'representatives', 'evidence', 'agreement', 'arbitration_advice'] as const;
export type Paper = (typeof PAPERS)[number];
export const TRACKS = ['organisation', 'committee', 'court_before_filing', 'court_ordinary', 'court_summary', 'arbitration'] as const;
export type Track = (typeof TRACKS)[number];
/** Their clocks start on a day that only the papers tell. */
export const STARTED_BY_PAPERS: readonly Track[] = TRACKS.slice(2);
export const RELATIONS = ['none', 'near_relative', 'interest', 'other'] as const;
export type Relation = (typeof RELATIONS)[number];

/** What a side answered; `about`: whose nearness to a party is accepted (conflict_waiver), null for the other purposes. */
export interface Consent {
  side: 'workers' | 'employer';
  purpose: 'mediation' | 'extension' | 'conflict_waiver';
  given: boolean;
  on: Day;
  about: Uuid | null;
}
/** Without a day it was answered today. */
export type ConsentAnswer = Omit<Consent, 'on'> & { on: Day | null };

/** The content of a mediation: its mediators, its lawyer and supervisors only. */
export interface DisputeContent {
  in_scope: boolean | null;
  complex_case: boolean;
  party_asked_two: boolean;
  accepted_on: Day | null;
  grade_confirmed_by: Uuid | null;
  consents: Consent[];
  declarations: { person: Uuid; relation: Relation; on: Day }[];
  assessments: Assessment[];
  conference: Conference | null;
  meeting_waiver: { reason: string; by: Uuid; on: Day } | null;
  sessions: { id: Uuid; planned_at: Instant; held_on: Day | null }[];
  agreement: Agreement | null;
  outcome: 'agreement' | Failure | null;
  advice: { issued_on: Day; receipt: Receipt | null; received_on: Day | null } | null;
  legal_opinion: { by: Uuid; on: Day } | null;
  file_items: string[];
}
export interface DisputeOffer {
  id: Uuid;
  lawyer_id: Uuid;
  attempt: number;
  state: string;
  decline_reason: string | null;
  explanation_zh: string;
  explanation_en: string;
  offered_at: Instant;
  expires_at: Instant;
}
export interface DisputePage {
  dispute_id: Uuid;
  version: number;
  case_id: Uuid;
  org: string;
  employer_id: Uuid | null;
  stage: string;
  status: 'running' | 'suspended' | 'archived';
  grade: Grade;
  claimant_count: number;
  claimant_ids: Uuid[];
  amount_fen: number;
  stages: Stage[];
  /** Where advancing leads; null when the present stage has no way on. */
  next_stage: string | null;
  guards: GuardState[];
  /** From how many people on a grade applies, and the grade the facts reach by themselves. */
  ladder: Partial<Record<Grade, number>>;
  missing: MissingItem[];
  /** What this person may do with the dispute. */
  allowed: string[];
  /** What the present stage knows. */
  acts: string[];
  mediator_ids: Uuid[];
  lawyer_id: Uuid | null;
  track: Track;
  /** Whether the track can still be chosen. */
  track_open: boolean;
  /** `latest`: how far both sides may move it; null for a date that is fixed. */
  deadlines: { kind: string; source: string; raw: Day; effective: Day; provisional: boolean; latest: Day | null }[];
  offers: DisputeOffer[];
  /** Null for those who may not read it. */
  content: DisputeContent | null;
  opinion: OpinionText | null;
}
export interface OpinionText {
  facts: string;
  analysis: string;
  advice: string;
}
export interface DisputeChanged {
  dispute_id: Uuid;
  stage: string;
  status: string;
  grade: Grade;
  missing: MissingItem[];
}

export const getDispute = (id: Uuid) => api.get<DisputePage>(`/api/mediation/disputes/${id}`);

/** A command of a dispute: where it goes, what it carries. Made by the functions below, sent by `sendDeed`. */
export interface Deed {
  method: 'post' | 'put';
  path: string;
  body: unknown;
}
export const sendDeed = (disputeId: Uuid, deed: Deed, version: number | undefined, key: string) =>
  api[deed.method]<DisputeChanged>(`/api/mediation/disputes/${disputeId}/${deed.path}`, deed.body, { key, version });

const post = (path: string, body: unknown = {}): Deed => ({ method: 'post', path, body });
const put = (path: string, body: unknown): Deed => ({ method: 'put', path, body });

export interface Payment {
  no: number;
  amount_fen: number;
  due: Day;
}
export type AgreementDraft = Omit<Agreement, 'amount_in_words' | 'paid_fen' | 'instalments' | 'signatures' | 'review'> & { instalments: Payment[] };
export interface MeetingPlan {
  starts_at: Instant;
  minutes: number;
  room: string;
  chair_id: Uuid;
  member_ids: Uuid[];
  agenda: string[];
}
export interface MeetingRecord {
  attendance: { person_id: Uuid; present: boolean; absence_reason: string; substitute_id: Uuid | null }[];
  minutes: string;
  decisions: { text: string; owner_id: Uuid; due: Day }[];
}

export const deeds = {
  advance: (fromStage: string) => post('advance', { from_stage: fromStage }),
  sendBack: (reason: string) => post('send-back', { reason }),
  standstill: (act: 'suspend' | 'resume', reason: string) => post('standstill', { act, reason }),
  scope: (inScope: boolean, complexCase: boolean, partyAskedTwo: boolean) =>
    post('scope', { in_scope: inScope, complex_case: complexCase, party_asked_two: partyAskedTwo }),
  track: (track: Track, startedOn: Day | null) => post('track', { track, started_on: startedOn }),
  consent: (answer: ConsentAnswer) => post('consents', answer),
  declare: (relation: Relation) => post('declarations', { relation }),
  assess: (stage: string, form: { answers: Answer[]; judgement: string; reason: string }) => put(`assessments/${stage}`, form),
  sign: (stage: string, contentHash: string, role: Role) => post(`assessments/${stage}/sign`, { content_hash: contentHash, role }),
  grade: (grade: Grade, reason: string) => post('grade', { grade, reason }),
  schedule: (plan: MeetingPlan) => post('conference', plan),
  minutes: (record: MeetingRecord) => post('conference/minutes', record),
  waive: (reason: string) => post('conference/waive', { reason }),
  decisionDone: (decisionId: Uuid) => post(`decisions/${decisionId}/done`),
  planSession: (plannedAt: Instant, heldOn: Day | null) => post('sessions', { planned_at: plannedAt, held_on: heldOn }),
  sessionHeld: (sessionId: Uuid, heldOn: Day) => post(`sessions/${sessionId}/held`, { held_on: heldOn }),
  agreement: (draft: AgreementDraft) => put('agreement', draft),
  signAgreement: (hands: Hand[]) => post('agreement/sign', { hands }),
  review: (choice: ReviewChoice) => post('agreement/review', { choice }),
  instalment: (no: number, state: 'paid' | 'enforced', on: Day | null) => post(`instalments/${no}`, { state, on }),
  end: (outcome: Failure, reason: string) => post('end', { outcome, reason }),
  advice: (receipt: Receipt, on: Day | null) => post('advice', { receipt, on }),
  paper: (paper: Paper) => post('papers', { paper }),
  archive: () => post('archive'),
  extend: (kind: string, to: Day) => post('extend', { kind, to }),
  mediators: (ids: Uuid[]) => post('mediators', { mediator_ids: ids }),
  /** Null: offer the dispute to the next lawyer who can be asked. */
  lawyer: (id: Uuid | null) => post('lawyer', { lawyer_id: id }),
  hardship: (partyId: Uuid, programme: string) => post('hardship', { party_id: partyId, programme }),
  opinion: (text: OpinionText) => put('opinion', text),
};

export interface RoomBooking {
  id: Uuid;
  dispute_id: Uuid;
  room: string;
  starts_at: Instant;
  ends_at: Instant;
}
export const getBookings = (since: Day) => api.get<RoomBooking[]>('/api/mediation/bookings', { since });
