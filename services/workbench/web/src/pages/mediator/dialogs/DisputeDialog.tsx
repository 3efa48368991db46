/** Opens the dialog of that name over a dispute. */
import type { ComponentType } from 'react';
import type { DialogName } from '../shared/cures';
import { ArchiveDialog, EndDialog, ExtendDialog, GradeDialog, SendBackDialog, StandstillDialog, WaiveDialog } from './CourseDialogs';
import { AdviceDialog, PapersDialog, SessionsDialog } from './FileDialogs';
import { HardshipDialog, LawyerDialog, MediatorsDialog } from './PeopleDialogs';
import { ConsentsDialog, DeclarationDialog, ScopeDialog, type DialogProps } from './StartDialogs';
import { TrackDialog } from './TrackDialog';

const DIALOGS: Record<DialogName, ComponentType<DialogProps>> = {
  scope: ScopeDialog,
  consents: ConsentsDialog,
  declarations: DeclarationDialog,
  mediators: MediatorsDialog,
  lawyer: LawyerDialog,
  hardship: HardshipDialog,
  grade: GradeDialog,
  waive_meeting: WaiveDialog,
  send_back: SendBackDialog,
  standstill: StandstillDialog,
  extend: ExtendDialog,
  track: TrackDialog,
  end: EndDialog,
  archive: ArchiveDialog,
  papers: PapersDialog,
  advice: AdviceDialog,
  sessions: SessionsDialog,
};

export function DisputeDialog({ name, ...props }: DialogProps & { name: DialogName }) {
  const Chosen = DIALOGS[name];
  return <Chosen {...props} />;
}
