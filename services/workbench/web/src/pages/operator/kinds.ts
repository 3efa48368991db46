/** The sign of each kind of waiting work. */
import type { ComponentType } from 'react';
import { CustomerServiceOutlined, DisconnectOutlined, EditOutlined, PauseCircleOutlined, RollbackOutlined } from '@ant-design/icons';
import type { QueueKind } from '@/api/workbench';

export const KIND_ICONS: Record<QueueKind, ComponentType> = {
  missed: DisconnectOutlined,
  returned: RollbackOutlined,
  held: PauseCircleOutlined,
  callback: CustomerServiceOutlined,
  draft: EditOutlined,
};
