/** What the read model joins for mediators and lawyers: the board, the day, people's names, offers in words. */
import { api } from './client';
import type { Coded, Deadline, Grade, Instant, OrgRef, Page, Role, StaffRef, Text, Uuid } from './types';

export interface BoardCard {
  dispute_id: Uuid;
  case_id: Uuid;
  case_no: string;
  stage: string;
  /** Short name of the firm. */
  employer: string | null;
  matter: string;
  grade: Grade;
  people: number;
  amount_fen: number | null;
  owner: StaffRef | null;
  org: OrgRef;
  clock: Deadline | null;
  missing: { count: number; first: Text } | null;
  /** Who moved it last. */
  moved_by: StaffRef | null;
}
export interface BoardColumn {
  stage: string;
  name: Text;
  note: Text | null;
  count: number;
  over: number;
  /** One line of the folded column. */
  hint: Text | null;
  cards: BoardCard[];
  next_cursor: string | null;
}
export const SCOPES = ['mine', 'group', 'all'] as const;
export type BoardScope = (typeof SCOPES)[number];
export const LENSES = ['all', 'over', 'soon', 'grave', 'missing', 'paused'] as const;
export type BoardLens = (typeof LENSES)[number];
export interface Board {
  scheme: Text;
  scopes: Record<BoardScope, number>;
  lenses: Record<BoardLens, number>;
  regions: Coded[];
  columns: BoardColumn[];
  as_of: Instant;
}
export interface BoardFilter {
  scope?: string;
  region?: string;
  people?: string;
  amount?: string;
  lens?: string;
  q?: string;
}
export const getBoard = (filter: BoardFilter) => api.get<Board>('/api/workbench/board', { ...filter });
export const getBoardColumn = (stage: string, filter: BoardFilter, cursor: string) =>
  api.get<Page<BoardCard>>(`/api/workbench/board/${stage}`, { ...filter, cursor });

export interface Meeting {
  id: Uuid;
  kind: 'conference' | 'session';
  dispute_id: Uuid;
  case_id: Uuid;
  case_no: string;
  title: string;
  starts_at: Instant;
  ends_at: Instant | null;
  room: string | null;
  people: number;
  /** Every paper the meeting needs is there. */
  ready: boolean;
  missing: Text | null;
}
export interface AgendaItem {
  id: string;
  dispute_id: Uuid;
  case_id: Uuid;
  case_no: string;
  title: string;
  stage: Coded;
  grade: Grade;
  people: number;
  detail: Text | null;
  amount_fen: number | null;
  clock: Deadline | null;
  supervised: boolean;
}
export interface Agenda {
  meetings: Meeting[];
  due: AgendaItem[];
  signing: AgendaItem[];
  payments: AgendaItem[];
  lanes: { stage: Coded; count: number; over: number }[];
  as_of: Instant;
}
export const getAgenda = () => api.get<Agenda>('/api/workbench/agenda');

export interface StaffListed extends StaffRef {
  roles: Role[];
  org: OrgRef;
  open_disputes: number;
}
export const getStaff = (role?: string) => api.get<{ items: StaffListed[] }>('/api/workbench/staff', { role });

/** An offer in words: no name, telephone or ID number of a worker before acceptance. */
export interface OfferWords {
  offer_id: Uuid;
  dispute_id: Uuid;
  case_id: Uuid;
  title: string;
  category: Coded;
  region: Coded;
  people: number;
  /** A collective dispute. */
  group: boolean;
  amount_fen: number | null;
  meeting_at: Instant | null;
  online: boolean;
  employer_name: string | null;
  surnames: string[];
  surname_count: number;
  clock: Deadline;
}
export const getOfferWords = () => api.get<{ items: OfferWords[] }>('/api/workbench/offers');

export interface LawyerTask {
  kind: 'opinion' | 'meeting' | 'other';
  title: Text;
  detail: Text | null;
  clock: Deadline | null;
}
export interface LawyerDispute {
  dispute_id: Uuid;
  case_id: Uuid;
  case_no: string;
  title: string;
  region: Coded;
  people: number;
  amount_fen: number | null;
  stage: Coded;
  tasks: LawyerTask[];
}
export const getLawyerDisputes = () => api.get<Page<LawyerDispute>>('/api/workbench/lawyer/disputes');
