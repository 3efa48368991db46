/** What stands in the rail, by role: the first role of a person that has a menu decides. */
import type { ComponentType } from 'react';
import {
  AlertFilled, AlertOutlined, AuditOutlined, CalendarFilled, CalendarOutlined, ContainerOutlined,
  CustomerServiceFilled, CustomerServiceOutlined, DashboardFilled, DashboardOutlined, FileTextFilled, FileTextOutlined, HeartFilled, HeartOutlined,
  HomeFilled, HomeOutlined, IdcardFilled, IdcardOutlined, PhoneFilled, PhoneOutlined, ProjectFilled, ProjectOutlined, TableOutlined,
  ToolFilled, ToolOutlined, WalletFilled, WalletOutlined,
} from '@ant-design/icons';
import type { Role } from '@/api/types';

export interface MenuItem {
  /** Key of the label in `menu.*`. */
  key: string;
  to: string;
  icon: ComponentType;
  /** When it is the present page. */
  active: ComponentType;
  /** Key of the number in `desk.badges`. */
  badge?: string;
}

const item = (key: string, to: string, icon: ComponentType, active: ComponentType = icon, badge?: string): MenuItem => ({ key, to, icon, active, badge });

const cases = item('cases', '/cases', FileTextOutlined, FileTextFilled);
const ledgers = item('ledgers', '/ledgers', TableOutlined);
const operations = item('operations', '/operations', ToolOutlined, ToolFilled, 'operations');
const accounts = item('accounts', '/accounts', IdcardOutlined, IdcardFilled);
const audit = item('audit', '/audit', AuditOutlined);

const desk: MenuItem[] = [
  item('desk', '/', HomeOutlined, HomeFilled),
  item('register', '/calls/new', PhoneOutlined, PhoneFilled),
  cases,
  item('callbacks', '/callbacks', CustomerServiceOutlined, CustomerServiceFilled, 'callbacks'),
];
const mediation: MenuItem[] = [
  item('today', '/', HomeOutlined, HomeFilled),
  item('board', '/board', ProjectOutlined, ProjectFilled),
  cases,
  item('schedule', '/schedule', CalendarOutlined, CalendarFilled, 'schedule'),
  ledgers,
];
const welfare: MenuItem[] = [
  item('today', '/', HomeOutlined, HomeFilled),
  item('applications', '/welfare/applications', HeartOutlined, HeartFilled, 'review'),
  item('publicity', '/welfare/publicity', ContainerOutlined),
  item('batches', '/welfare/batches', WalletOutlined, WalletFilled),
  ledgers,
];
const supervision: MenuItem[] = [
  item('overview', '/', DashboardOutlined, DashboardFilled),
  item('lights', '/lights', AlertOutlined, AlertFilled, 'lights'),
  item('all_cases', '/cases', FileTextOutlined, FileTextFilled),
  item('conferences', '/schedule', CalendarOutlined, CalendarFilled),
  ledgers,
  operations,
];

export const MENUS: Record<Role, MenuItem[]> = {
  operator: desk,
  dispatcher: desk,
  mediator: mediation,
  lawyer: mediation,
  welfare_officer: welfare,
  reviewer: welfare,
  approver: welfare,
  cashier: welfare,
  supervisor: supervision,
  auditor: [audit, cases, ledgers],
  system_admin: [item('overview', '/', DashboardOutlined, DashboardFilled), operations, audit],
  security_admin: [accounts],
  audit_admin: [audit, accounts],
};

/** The longest path that fits is the present one. */
export function presentItem(items: MenuItem[], path: string): MenuItem | undefined {
  return items
    .filter((one) => (one.to === '/' ? path === '/' : path === one.to || path.startsWith(`${one.to}/`)))
    .toSorted((a, b) => b.to.length - a.to.length)[0];
}
