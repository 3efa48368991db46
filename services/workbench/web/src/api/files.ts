/** The files of employers and workers. Their cases come from the list of cases, filtered. */
import { api } from './client';
import type { Coded, Instant, OrgRef, Page, PersonMasked, Text, Uuid } from './types';

export interface EmployerFigure {
  code: 'open' | 'over' | 'group' | 'year' | 'closed';
  title: Text;
  value: number;
  /** The list that the number was counted from. */
  href: string;
}
export interface RepeatedMatter {
  category: Coded;
  cases: number;
  people: number;
  /** Ten people or more: a collective dispute. */
  group: boolean;
  href: string;
}
export interface EmployerFile {
  employer_id: Uuid;
  name: string;
  short_name: string;
  uscc: string | null;
  region: Text;
  org: OrgRef;
  headcount: number | null;
  unionised: boolean | null;
  figures: EmployerFigure[];
  repeats: RepeatedMatter[];
  as_of: Instant;
}
export const getEmployerFile = (id: Uuid) => api.get<EmployerFile>(`/api/workbench/employers/${id}`);

export interface PartyFile extends PersonMasked {
  id_no_masked: string | null;
  sex: string | null;
  /** Null where nobody has asked yet. */
  member: boolean | null;
  language: string | null;
  sms_consent: boolean | null;
  erased: boolean;
  employer: { employer_id: Uuid; name: string } | null;
  open_cases: number;
  closed_cases: number;
  last_registered_at: Instant | null;
  last_satisfaction: number | null;
  as_of: Instant;
}
export const getPartyFile = (id: Uuid) => api.get<PartyFile>(`/api/workbench/parties/${id}`);

export interface PartyApplication {
  application_id: Uuid;
  application_no: string;
  programme: Coded;
  state: Coded;
  org: OrgRef;
  since: Instant | null;
  closed: boolean;
  /** Null when the reader may know of it but not open it. */
  href: string | null;
}
export const getPartyApplications = (id: Uuid, cursor?: string) => api.get<Page<PartyApplication>>(`/api/workbench/parties/${id}/applications`, { cursor });
