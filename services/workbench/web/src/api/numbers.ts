/** The supervisor's numbers. Each says how it is counted and opens the list it was counted from. */
import { api } from './client';
import type { Day, Grade, Instant, Text, Uuid } from './types';
import type { CaseRow } from './workbench';

export type Period = 'today' | 'week' | 'month' | 'year';

export interface Tile {
  code: 'open' | 'today' | 'over' | 'on_time' | 'returned' | 'satisfied';
  title: Text;
  /** Null when there is nothing to count. */
  value: number | null;
  unit: 'case' | 'percent';
  part: number | null;
  whole: number | null;
  meaning: Text;
  href: string;
}
export interface TrendDay {
  day: Day;
  registered: number;
  closed: number;
}
export interface Share {
  code: string;
  title: Text;
  count: number;
  href: string;
}
export interface Unit {
  path: string;
  name: string;
  open: number;
  over: number;
  groups: number;
  people: number;
  /** Percent; null without a sample. */
  on_time: number | null;
  closed: number;
  href: string;
}
export interface LadderStep {
  code: 'reminded' | 'overdue' | 'urge' | 'circulate';
  title: Text;
  /** When a case comes to stand on it. */
  note: Text;
  count: number;
  /** The worst of them. */
  cases: CaseRow[];
  href: string;
}
export interface GroupCase {
  case_id: Uuid;
  case_no: string;
  title: string;
  grade: Grade | null;
  people: number;
  due_at: Instant | null;
}
export interface Numbers {
  period: Period;
  since: Instant;
  tiles: Tile[];
  trend: TrendDay[];
  categories: Share[];
  units: Unit[];
  ladder: LadderStep[];
  /** Open cases under supervision. */
  supervised: number;
  groups: GroupCase[];
  as_of: Instant;
}
export const getNumbers = (filter: { period: Period; region?: string }) => api.get<Numbers>('/api/workbench/numbers', filter);
