/**
 * The shapes that travel between browser and server and that more than one page uses.
 * Money is integer fen, times are RFC 3339 with offset, dates ISO, field names snake_case.
 */

export type Uuid = string;
/** RFC 3339 with offset. */
export type Instant = string;
/** ISO date. */
export type Day = string;

/** A wording the server owns. May hold `**strong**` runs and `[label](case:ID)` links. */
export interface Text {
  zh: string;
  en: string;
}

export type Service = 'intake' | 'mediation' | 'welfare' | 'notify' | 'workbench';
export type Grade = 'G0' | 'G1' | 'G2' | 'G3' | 'G4';
export type Urgency = 'normal' | 'urgent' | 'critical';
export type Handling = 'answer' | 'dispatch' | 'escalate' | 'forward';

export type Role =
  | 'operator'
  | 'dispatcher'
  | 'mediator'
  | 'lawyer'
  | 'welfare_officer'
  | 'reviewer'
  | 'approver'
  | 'cashier'
  | 'supervisor'
  | 'auditor'
  | 'system_admin'
  | 'security_admin'
  | 'audit_admin';

/** How the time left is counted aloud: hours, calendar days, working days, or an appointment. */
export type ClockUnit = 'hour' | 'day' | 'workday' | 'event';

/** One deadline. The server computes all of it; the browser only ticks against server time. */
export interface Deadline {
  kind: string;
  title: Text;
  state: 'running' | 'paused' | 'done';
  due_at: Instant | null;
  /** From this moment on the clock is amber. */
  soon_at: Instant | null;
  unit: ClockUnit;
  /** Days or working days left, by the work calendar; null when the unit is hours. */
  units_left: number | null;
  /** The last day before it rolled over a holiday; null when it did not roll. */
  raw_day: Day | null;
  /** The calendar of that year is not published yet. */
  provisional: boolean;
  /** The rule and what starts the clock. */
  rule: Text | null;
  done_at: Instant | null;
  pause_reason: Text | null;
}

export interface Page<Item> {
  items: Item[];
  /** Opaque; pass it back as `cursor`. Null on the last page. */
  next_cursor: string | null;
}

export interface Coded {
  code: string;
  label: Text;
}

export interface OrgRef {
  path: string;
  name: string;
}

export interface StaffRef {
  staff_id: Uuid;
  name: string;
}

export interface PersonMasked {
  party_id: Uuid;
  name_masked: string;
  phone_masked: string | null;
}

export interface PresentStaff extends StaffRef {
  state: 'viewing' | 'editing';
  /** What is being edited, for "王磊 正在写研判". */
  doing: Text | null;
  on_phone: boolean;
}

/** A button the server allows; the page shows no other. */
export interface AllowedAction {
  code: string;
  label: Text;
  service: Service;
  primary: boolean;
  /** Why it cannot be done yet: the button stays visible, with a lock. */
  blocked: Text | null;
  /** A page of its own; null when a dialog or nothing is needed. */
  href: string | null;
  /** What the dialog asks; null when there is nothing to ask. */
  form: ActionFields | null;
}

export interface ActionFields {
  /** Numbered reasons; empty when none is asked. */
  reasons: Coded[];
  note: 'none' | 'optional' | 'required';
  /** What is to be written there, in the words of the act; null: a note. */
  note_label: Text | null;
  /** Which unit to hand over to or which case to merge into (intake names those that are possible), or which worker of the case. */
  target: 'none' | 'org' | 'case' | 'party';
  /** What cannot be taken back. */
  warning: Text | null;
}

export interface Settings {
  language: 'zh-CN' | 'en';
  font_size: 14 | 16 | 18;
  letter_keys: boolean;
  sound: boolean;
  after_action: 'stay' | 'list' | 'next';
}

export interface Session {
  staff_id: Uuid;
  staff_no: string;
  name: string;
  roles: Role[];
  /** What stands after the name in the top bar: "话务 1207", "主办调解员". */
  title: Text;
  org: OrgRef;
  seat: Text | null;
  csrf_token: string;
  server_time: Instant;
  idle_timeout_s: number;
  /** Signing in asks for six digits too. */
  has_authenticator: boolean;
  settings: Settings;
}

export interface OpenWork {
  case_id: Uuid;
  case_no: string;
  title: string;
  /** Something happened since this person last looked. */
  news: boolean;
}

/** What the frame around every page shows. */
export interface Desk {
  unread: number;
  /** Menu key → number on the badge. */
  badges: Record<string, number>;
  open_work: OpenWork[];
}

export interface SearchHit {
  kind: 'case' | 'application' | 'employer' | 'party';
  id: Uuid;
  case_no: string | null;
  title: string;
  state: Text;
  org_name: string;
}

/** What the event stream tells: ids only, the page refetches through the checked endpoints. */
export interface Change {
  type: string;
  id: Uuid;
  version: number;
  actor: Uuid;
  at: Instant;
}

export interface FieldProblem {
  field: string;
  code: string;
  zh: string;
  en: string;
}

/** problem+json (RFC 9457) as the kernel sends it. */
export interface ProblemBody {
  type: string;
  status: number;
  code: string;
  zh: string;
  en: string;
  trace_id: string;
  errors?: FieldProblem[];
  details?: Record<string, unknown>;
}
