/** What is public now: masked names only, with a sheet to print and to hang up. */
import { PrinterOutlined } from '@ant-design/icons';
import { useNavigate } from 'react-router-dom';
import { getPublicList, type PublicLine } from '@/api/publicMoney';
import { Act } from '@/kit/Act';
import { HintLine } from '@/kit/HintLine';
import { Money } from '@/kit/Money';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import type { Column } from '@/kit/QueueList';
import { QueryTable } from '@/kit/QueryTable';
import { Empty } from '@/kit/states';
import { dayOf, startOfDay } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';

const rowKey = (row: PublicLine): string => `${row.line} ${row.starts_on}`;

export default function PublicityPage() {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const day = (text: string) => dayOf(startOfDay(text), serverNow(), t);
  const columns: Column<PublicLine>[] = [
    { key: 'ends', title: t('welfare.ends_on'), width: '132px', cell: (row) => day(row.ends_on) },
    { key: 'starts', title: t('welfare.starts_on'), width: '112px', cell: (row) => day(row.starts_on) },
    { key: 'who', title: t('welfare.who'), width: '88px', cell: (row) => row.name_masked },
    { key: 'unit', title: t('welfare.unit'), width: 'minmax(0,1fr)', cell: (row) => row.unit },
    { key: 'programme', title: t('welfare.programme'), width: '168px', cell: (row) => say(row.programme.label) },
    { key: 'hardship', title: t('welfare.hardship'), width: '112px', cell: (row) => say(row.hardship?.label) },
    { key: 'amount', title: t('welfare.amount_yuan'), width: '112px', right: true, cell: (row) => <Money fen={row.amount_fen} bare /> },
    { key: 'org', title: t('welfare.org'), width: '140px', cell: (row) => row.org.name },
  ];
  return (
    <div className={page.page}>
      <PageHead
        title={t('welfare.publicity_page')}
        note={t('welfare.publicity_note')}
        actions={
          <Act kind="primary" icon={<PrinterOutlined />} onAct={() => window.open('/welfare/publicity/print', '_blank', 'noopener')}>
            {t('welfare.print_list')}
          </Act>
        }
      />
      <Panel grow still label={t('welfare.publicity_page')}>
        <QueryTable
          topic="publicity"
          load={getPublicList}
          columns={columns}
          keyOf={rowKey}
          onOpen={() => void navigate('/welfare/applications?queue=public')}
          label={t('welfare.publicity_page')}
          empty={<Empty title={t('welfare.nothing_public')} advice={t('welfare.nothing_public_advice')} />}
        />
      </Panel>
      <HintLine hints={[{ keys: ['down', 'up'], says: t('keys.move') }, { keys: ['open'], says: t('keys.open') }]} />
    </div>
  );
}
