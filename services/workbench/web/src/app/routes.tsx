/** Every page and its address. Each is loaded when it is first opened. */
import { lazy, type ComponentType } from 'react';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router-dom';
import type { Role } from '@/api/types';
import { needWords, type LaterArea } from '@/i18n';
import { Shell } from '@/kit/shell/Shell';
import { useSession } from '@/lib/session';

type Load = () => Promise<{ default: ComponentType }>;

/** A page that speaks areas of its own waits for their words too. */
const withWords = (load: Load, areas: readonly LaterArea[]) => lazy(async () => (await Promise.all([load(), needWords(areas)]))[0]);

const page = (path: string, load: Load, ...areas: LaterArea[]): RouteObject => {
  const Page = withWords(load, areas);
  return { path, element: <Page /> };
};

const OperatorHome = lazy(() => import('@/pages/operator/Home'));
const MediatorToday = lazy(() => import('@/pages/mediator/today/Today'));
const Cases = withWords(() => import('@/pages/cases/Cases'), ['caselist']);
const Overview = withWords(() => import('@/pages/supervisor/Overview'), ['overview', 'operations']);
const Operations = withWords(() => import('@/pages/operations/Operations'), ['operations']);
const Accounts = withWords(() => import('@/pages/accounts/Accounts'), ['accounts']);
const Audit = withWords(() => import('@/pages/audit/Audit'), ['audit']);
const WelfareQueue = withWords(() => import('@/pages/welfare/Queue'), ['welfare']);

/** The first page of each role; roles without an entry begin with their list of cases. */
const HOMES: Partial<Record<Role, ComponentType>> = {
  operator: OperatorHome,
  dispatcher: OperatorHome,
  mediator: MediatorToday,
  lawyer: ToPhone,
  welfare_officer: WelfareQueue,
  reviewer: WelfareQueue,
  approver: WelfareQueue,
  cashier: WelfareQueue,
  supervisor: Overview,
  system_admin: Operations,
  security_admin: Accounts,
  auditor: Audit,
  audit_admin: Audit,
};

function ToPhone() {
  return <Navigate to="/m" replace />;
}

function Home() {
  const { roles } = useSession();
  const First = HOMES[roles[0] ?? 'operator'] ?? Cases;
  return <First />;
}

/** Pages inside the frame of the desk. */
const desk: RouteObject[] = [
  { path: '/', element: <Home /> },
  page('/calls/new', () => import('@/pages/operator/NewCall')),
  page('/calls/:draftId', () => import('@/pages/operator/NewCall')),
  page('/callbacks', () => import('@/pages/operator/Home')),
  page('/cases', () => import('@/pages/cases/Cases'), 'caselist'),
  page('/cases/:caseId', () => import('@/pages/case/CasePage'), 'material'),
  page('/employers/:employerId', () => import('@/pages/files/EmployerPage'), 'files', 'caselist'),
  page('/parties/:partyId', () => import('@/pages/files/PartyPage'), 'files', 'caselist'),
  page('/disputes/:disputeId/assessments/:stage', () => import('@/pages/mediator/assessment/AssessmentPage'), 'material'),
  page('/disputes/:disputeId/meeting', () => import('@/pages/mediator/meeting/MeetingPage')),
  page('/disputes/:disputeId/agreement', () => import('@/pages/mediator/agreement/AgreementPage')),
  page('/disputes/:disputeId', () => import('@/pages/mediator/dispute/Handling')),
  page('/schedule', () => import('@/pages/mediator/today/Schedule')),
  page('/board', () => import('@/pages/mediator/board/Board')),
  page('/welfare/applications', () => import('@/pages/welfare/Queue'), 'welfare'),
  page('/welfare/applications/:applicationId', () => import('@/pages/welfare/ApplicationPage'), 'welfare'),
  page('/welfare/applications/:applicationId/form', () => import('@/pages/welfare/FormPage'), 'welfare'),
  page('/welfare/publicity', () => import('@/pages/welfare/Publicity'), 'welfare'),
  page('/welfare/batches', () => import('@/pages/welfare/Payments'), 'welfare'),
  page('/lights', () => import('@/pages/supervisor/Lights'), 'overview'),
  page('/operations', () => import('@/pages/operations/Operations'), 'operations'),
  page('/accounts', () => import('@/pages/accounts/Accounts'), 'accounts'),
  page('/audit', () => import('@/pages/audit/Audit'), 'audit'),
  page('/ledgers', () => import('@/pages/welfare/Ledger'), 'welfare'),
  page('/settings', () => import('@/pages/common/SettingsPage'), 'accounts'),
  page('/notices', () => import('@/pages/common/Notices')),
  page('*', () => import('@/pages/common/NotFound')),
];

/** Pages with their own frame, on phones: the session is needed, the desk is not. */
const phone: RouteObject[] = [
  page('/m', () => import('@/pages/lawyer/Inbox')),
  page('/m/disputes', () => import('@/pages/lawyer/Taken')),
  page('/m/me', () => import('@/pages/lawyer/Me'), 'accounts'),
  page('/m/offers/:offerId', () => import('@/pages/lawyer/OfferPage')),
  page('/m/disputes/:disputeId', () => import('@/pages/lawyer/TakenDispute')),
  page('/overview/screen', () => import('@/pages/supervisor/Screen'), 'overview', 'operations'),
  page('/cases/:caseId/print/:paper', () => import('@/pages/case/print/PrintPage'), 'print'),
  page('/cases/:caseId/print/:paper/:about', () => import('@/pages/case/print/PrintPage'), 'print'),
  page('/welfare/publicity/print', () => import('@/pages/welfare/PublicityPrint'), 'welfare'),
];

/** Pages for everybody: no session. */
const open: RouteObject[] = [page('/track', () => import('@/pages/track/Track'), 'track'), page('/track/:code', () => import('@/pages/track/Track'), 'track')];

export const router = createBrowserRouter([...phone, { element: <Shell />, children: desk }]);

/** The router of the open pages, when the address is one of theirs; null otherwise. */
export function openRouter(): ReturnType<typeof createBrowserRouter> | null {
  const isOpen = open.some((route) => {
    const stem = (route.path ?? '').split('/:')[0] ?? '';
    return stem !== '' && (location.pathname === stem || location.pathname.startsWith(`${stem}/`));
  });
  return isOpen ? createBrowserRouter(open) : null;
}
