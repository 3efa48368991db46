/** The read model: queues, case pages, hot spots. Nothing here changes anything but presence. */
import { api } from './client';
import type {
  AllowedAction, Coded, Deadline, Grade, Instant, OrgRef, Page, PersonMasked, PresentStaff, Service, StaffRef, Text, Urgency, Uuid,
} from './types';

export type QueueKind = 'missed' | 'returned' | 'held' | 'callback' | 'draft';
export interface QueueItem {
  /** Stable key of the row. */
  id: string;
  kind: QueueKind;
  case_id: Uuid | null;
  case_no: string | null;
  draft_id: Uuid | null;
  call_id: Uuid | null;
  clock: Deadline | null;
  who_masked: string;
  phone_tail: string;
  summary: Text;
  org_name: string | null;
}
export interface Queue extends Page<QueueItem> {
  counts: Record<QueueKind | 'all', number>;
  /** Due later than today and therefore not listed. */
  later: { kind: QueueKind; count: number; from: Instant } | null;
  as_of: Instant;
}
/** Sorted by due time, worst first. */
export const getQueue = (filter: { kind?: string; cursor?: string }) => api.get<Queue>('/api/workbench/queue', filter);

export interface Hotspot {
  id: string;
  level: 'group' | 'watch';
  title: string;
  cases: number;
  people: number;
  href: string;
}
export const getHotspots = () => api.get<{ hours: number; items: Hotspot[] }>('/api/workbench/hotspots');

export interface CallerService {
  service: Service;
  id: Uuid;
  title: string;
  state: Text;
  tone: 'normal' | 'soon' | 'over' | 'done' | 'paused';
  until: Instant | null;
}
/** What the other services hold of this caller. */
export const getCallerServices = (partyId: Uuid) =>
  api.get<{ items: CallerService[] }>(`/api/workbench/callers/${partyId}/services`);

export interface CaseRow {
  case_id: Uuid;
  case_no: string;
  title: string;
  state: Coded;
  stage: Coded | null;
  grade: Grade | null;
  urgency: Urgency;
  org: OrgRef;
  owner: StaffRef | null;
  people: number;
  amount_fen: number | null;
  clock: Deadline | null;
  registered_at: Instant | null;
  /** Open, and a supervisor watches it. */
  supervised: boolean;
}
export interface CaseFilter {
  scope?: string;
  state?: string;
  category?: string;
  region?: string;
  due?: string;
  q?: string;
  sort?: string;
  cursor?: string;
}
export const getCases = (filter: CaseFilter) =>
  /** `export_href`: where the same list comes as a sheet, when the server offers it. */
  api.get<Page<CaseRow> & { total: number; as_of: Instant; export_href?: string | null }>('/api/workbench/cases', { ...filter });

export interface Guard {
  code: string;
  title: Text;
  detail: Text | null;
  /** The button that cures it; null when somebody else must act. */
  cure: AllowedAction | null;
}
export interface NextStep {
  title: Text;
  action: AllowedAction | null;
  missing: Guard[];
  met: Text[];
}
export interface ClaimantLine extends PersonMasked {
  tone: 'normal' | 'soon' | 'over' | 'done' | 'paused';
  delivery: Text | null;
}
export interface Parties {
  claimants: { count: number; note: Text | null; items: ClaimantLine[] };
  employer: { employer_id: Uuid; name: string; line: Text; tags: { text: Text; tone: 'soon' | 'paused' }[] } | null;
  claimed_fen: number | null;
  paid_fen: number;
  staff: (StaffRef & { role: Text })[];
}
export interface CasePage {
  case_id: Uuid;
  case_no: string;
  title: string;
  /** One version per owner, for If-Match. */
  versions: Partial<Record<Service, number>>;
  dispute_id: Uuid | null;
  application_ids: Uuid[];
  state: Coded;
  stage: Coded | null;
  grade: Grade | null;
  urgency: Urgency;
  supervised: boolean;
  org: OrgRef;
  owner: StaffRef | null;
  presence: PresentStaff[];
  allowed_actions: AllowedAction[];
  /** Nearest first; done ones last. */
  clocks: Deadline[];
  limitation: Text | null;
  counts: { timeline: number; notes: number; materials: number; related: number; documents: number };
  next_step: NextStep | null;
  parties: Parties;
  as_of: Instant;
}
/** A read within ten seconds of a write waits for it: the client adds `after` by itself. */
export const getCase = (id: Uuid) => api.get<CasePage>(`/api/workbench/cases/${id}`);

export interface TimelineEcho {
  service: Service;
  tone: 'done' | 'soon' | 'over' | 'normal';
  text: Text;
}
export interface TimelineItem {
  id: string;
  at: Instant;
  service: Service;
  text: Text;
  by: string | null;
  /** Messages and checks this fact caused: they hang on it, in their own lane. */
  caused: TimelineEcho[];
  /** Not seen yet by this person. */
  news: boolean;
}
export const getTimeline = (id: Uuid, filter: { service?: string; cursor?: string }) =>
  api.get<Page<TimelineItem>>(`/api/workbench/cases/${id}/timeline`, filter);

export interface CaseNote {
  note_id: Uuid;
  at: Instant;
  by: string;
  visibility: 'internal' | 'external';
  text: string;
}
export const getNotes = (id: Uuid, cursor?: string) =>
  api.get<Page<CaseNote>>(`/api/workbench/cases/${id}/notes`, { cursor });

export interface RelatedCase extends CaseRow {
  relation: Text;
}
export const getRelated = (id: Uuid) => api.get<Page<RelatedCase>>(`/api/workbench/cases/${id}/related`);

/** A paper the system produced; `href` is its print view, `at` null while it is still to be signed. */
export interface CaseDocument {
  document_id: string;
  title: Text;
  state: Text;
  done: boolean;
  at: Instant | null;
  href: string;
}
export const getDocuments = (id: Uuid) => api.get<Page<CaseDocument>>(`/api/workbench/cases/${id}/documents`);

export interface CaseChange {
  id: string;
  at: Instant;
  by: string;
  action: Text;
  before: string | null;
  after: string | null;
  why: string | null;
}
export const getChanges = (id: Uuid, cursor?: string) =>
  api.get<Page<CaseChange>>(`/api/workbench/cases/${id}/changes`, { cursor });

export const tellPresence = (id: Uuid, state: 'viewing' | 'editing' | 'gone') =>
  api.put<{ present: PresentStaff[] }>(`/api/workbench/cases/${id}/presence`, { state }, {});

/** What the dialog of an action answers; the same shape for every action of every service. */
export interface ActionForm {
  reason: string | null;
  note: string;
  /** An office to hand over to. */
  target: string | null;
}
