/** The files of a case: listed by the workbench, kept by intake. */
import { api } from './client';
import type { Coded, Instant, Text, Uuid } from './types';
import { upload, type Uploading } from './upload';

export interface Material {
  material_id: Uuid;
  kind: Coded;
  name: string;
  format: 'pdf' | 'jpeg' | 'png' | 'webp' | 'heic' | 'mp3' | 'm4a' | 'wav' | 'docx' | 'xlsx' | 'text';
  media_type: string;
  size_bytes: number;
  sha256: string;
  by: string;
  at: Instant;
  withdrawn: { by: string; at: Instant; reason: Coded; note: string } | null;
  /** Whether this person may open it: what was withdrawn is kept for auditors. */
  readable: boolean;
  withdrawable: boolean;
}
/** What a case of this kind usually brings; any of the kinds will do. */
export interface ExpectedMaterial {
  kinds: Coded[];
  why: Text;
  met: boolean;
}
export interface Materials {
  /** Newest first. */
  items: Material[];
  expected: ExpectedMaterial[];
  kinds: Coded[];
  reasons: Coded[];
  may_add: boolean;
  bytes_max: number;
  count_max: number;
}

const place = (caseId: Uuid) => `/api/intake/cases/${caseId}/materials`;

export const getMaterials = (caseId: Uuid) => api.get<Materials>(`/api/workbench/cases/${caseId}/materials`);

/** The file is the body; its name goes along as downloads tell it back (RFC 5987). */
export const addMaterial = (caseId: Uuid, kind: string, file: File, uploading: Uploading) =>
  upload(`${place(caseId)}?kind=${encodeURIComponent(kind)}`, file, uploading);

export const withdrawMaterial = (caseId: Uuid, materialId: Uuid, form: { reason: string; note: string }, key: string) =>
  api.post<void>(`${place(caseId)}/${materialId}/withdrawal`, form, { key });

/** Each reading is on record. */
export const readMaterial = (caseId: Uuid, materialId: Uuid) => api.blob(`${place(caseId)}/${materialId}/content`);
