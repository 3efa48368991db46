/** Which dialog an action opens; the server decides which actions there are and what they ask. */
import type { AllowedAction } from '@/api/types';
import type { ApplicationPage, CheckItem, Objection } from '@/api/welfare';
import { AccountDialog } from './AccountDialog';
import { DecidePaymentDialog } from './DecidePaymentDialog';
import { ExplainDialog } from './ExplainDialog';
import { ObjectionDialog, ResolveDialog } from './ObjectionDialogs';
import { StepDialog } from './StepDialog';
import { VisitDialog } from './VisitDialog';

export interface OpenAct {
  action: AllowedAction;
  check?: CheckItem;
  objection?: Objection;
}

export type OnAct = (action: AllowedAction, more?: Omit<OpenAct, 'action'>) => void;

export interface ActProps {
  data: ApplicationPage;
  action: AllowedAction;
  onClose: () => void;
}

/** Everything that changes with an application. */
export const TOUCHED = ['application', 'applications', 'application-form', 'publicity', 'budgets', 'ledger', 'desk'] as const;

export function ActDialogs({ data, open, onClose }: { data: ApplicationPage; open: OpenAct; onClose: () => void }) {
  const { action, check, objection } = open;
  const shared = { data, action, onClose };
  const payment = data.payments.at(-1);
  switch (action.code) {
    case 'visit':
      return <VisitDialog {...shared} />;
    case 'explanations':
      return check ? <ExplainDialog {...shared} check={check} /> : null;
    case 'objections':
      return <ObjectionDialog {...shared} />;
    case 'objections/resolve':
      return objection ? <ResolveDialog {...shared} objection={objection} /> : null;
    case 'decisions':
      return payment ? <DecidePaymentDialog {...shared} payment={payment} /> : null;
    case 'account':
      return <AccountDialog {...shared} />;
    default:
      return <StepDialog {...shared} check={check} />;
  }
}
