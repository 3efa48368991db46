/** The supervisor's numbers. Each carries its definition, its sample and the list it was counted from. */
import { api } from './client';
import type { AllowedAction, Coded, Day, Deadline, Grade, Instant, OrgRef, StaffRef, Text, Uuid } from './types';

export type Period = 'today' | 'week' | 'month' | 'year';
export interface OverviewFilter {
  period: Period;
  /** Organisation path; the reader's own when absent. */
  org?: string;
}
const ask = <Answer>(part: string, filter: OverviewFilter) => api.get<Answer>(`/api/workbench/overview/${part}`, { ...filter });

export interface Figure {
  code: 'open' | 'due_today' | 'overdue' | 'on_time' | 'returned' | 'satisfied';
  title: Text;
  /** A count, or per mille when `unit` is `rate`; null when there is nothing to count. */
  value: number | null;
  unit: 'count' | 'rate';
  tone: 'normal' | 'soon' | 'over';
  /** The sample: "446 / 456，本月应办结". */
  note: Text;
  /** 口径. */
  definition: Text;
  href: string;
  /** Oldest first; empty when there is no history yet. */
  history: number[];
}
export interface Figures {
  definition: Text;
  orgs: OrgRef[];
  figures: Figure[];
  as_of: Instant;
}
export const getFigures = (filter: OverviewFilter) => ask<Figures>('figures', filter);

export interface TrendDay {
  day: Day;
  received: number;
  closed: number;
  /** Not a working day. */
  rest: boolean;
}
export const getTrend = (filter: OverviewFilter) => ask<{ note: Text; days: TrendDay[] }>('trend', filter);

export const getCategories = (filter: OverviewFilter) =>
  ask<{ total: number; items: (Coded & { count: number; href: string })[]; note: Text | null }>('categories', filter);

export interface RegionLine {
  org: OrgRef;
  open: number;
  received: number[];
  overdue: number;
  /** Per mille; null without a sample. */
  on_time: number | null;
  on_time_sample: number;
  groups: number;
  people: number;
  href: string;
}
export const getRegions = (filter: OverviewFilter) => ask<{ items: RegionLine[]; total: RegionLine }>('regions', filter);

export interface LadderStep {
  code: 'remind' | 'urge' | 'report' | 'supervise';
  title: Text;
  note: Text;
  count: number;
  href: string;
}
export interface LadderLine {
  case_id: Uuid;
  case_no: string;
  title: string;
  org: OrgRef;
  owner: StaffRef | null;
  clock: Deadline;
  last: Text | null;
  /** What the reader may do about it; null when nothing. */
  action: AllowedAction | null;
  dispute_id: Uuid | null;
  version: number | null;
}
export interface Ladder {
  rule: Text;
  steps: LadderStep[];
  items: LadderLine[];
}
export const getLadder = (filter: OverviewFilter) => ask<Ladder>('ladder', filter);

export interface GroupLine {
  case_id: Uuid;
  grade: Grade;
  employer: string | null;
  matter: string;
  people: number;
  tone: 'done' | 'soon' | 'over' | 'normal';
  report: Text;
}
export const getGroups = (filter: OverviewFilter) =>
  ask<{ cases: number; people: number; items: GroupLine[]; alerts: { id: string; text: Text; href: string }[] }>('groups', filter);

export interface Meetings {
  items: { id: string; day: Day; title: string; note: Text; href: string }[];
  decisions: { total: number; done: number; running: number; over: number; href: string };
}
export const getMeetings = (filter: OverviewFilter) => ask<Meetings>('meetings', filter);
