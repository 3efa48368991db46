/** The supervisor's page: numbers that open their lists; when, what and where; who must act; how the system runs. */
import { Select } from 'antd';
import { ExpandOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { getNumbers, type Numbers, type Period } from '@/api/numbers';
import { Act } from '@/kit/Act';
import { Choices } from '@/kit/Choices';
import { PageHead } from '@/kit/PageHead';
import { useUrlFilter } from '@/kit/QueryTable';
import { nearDay, secondsOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { CategoryPanel } from './CategoryPanel';
import { GroupPanel } from './GroupPanel';
import { LadderPanel } from './LadderPanel';
import { OperationsStrip } from './OperationsStrip';
import { Tiles } from './Tiles';
import { TrendPanel } from './TrendPanel';
import { UnitPanel } from './UnitPanel';
import styles from './overview.module.css';

const PERIODS: readonly Period[] = ['today', 'week', 'month', 'year'];
const REFRESH_MS = 60_000;

export type NumbersQuery = UseQueryResult<Numbers>;

function useNumbers(period: Period, region: string | undefined): NumbersQuery {
  return useQuery({ queryKey: ['numbers', period, region ?? ''], queryFn: () => getNumbers({ period, region }), placeholderData: keepPreviousData, refetchInterval: REFRESH_MS });
}

function Regions({ period, value, onChange }: { period: Period; value: string | undefined; onChange: (region: string) => void }) {
  const { t } = useWords();
  const units = useNumbers(period, undefined).data?.units ?? [];
  const options = [{ value: '', label: t('overview.whole_city') }, ...units.map((one) => ({ value: one.path, label: one.name }))];
  return <Select aria-label={t('overview.region')} value={value ?? ''} options={options} onChange={onChange} style={{ width: 150 }} />;
}

export function Overview({ big }: { big?: boolean }) {
  const { t } = useWords();
  const [filter, setFilter] = useUrlFilter();
  const period = PERIODS.find((one) => one === filter.period) ?? 'month';
  const query = useNumbers(period, filter.region);
  const at = query.data ? new Date(query.data.as_of) : null;
  return (
    <div className={`${styles.page} ${big ? styles.big : ''}`}>
      <PageHead
        title={t('overview.page')}
        note={at && t('overview.as_of', { day: nearDay(at, serverNow(), t), time: secondsOf(at) })}
        actions={
          <>
            <Choices plain items={PERIODS.map((value) => ({ value, label: t(`overview.period_${value}`) }))} value={period} onChange={(value) => setFilter({ period: value })} label={t('overview.period')} />
            <Regions period={period} value={filter.region} onChange={(region) => setFilter({ region })} />
            {!big && (
              <Act icon={<ExpandOutlined />} onAct={() => window.open('/overview/screen', '_blank', 'noopener')}>
                {t('overview.big')}
              </Act>
            )}
          </>
        }
      />
      <Tiles query={query} />
      <div className={styles.second}>
        <TrendPanel query={query} />
        <CategoryPanel query={query} />
        <UnitPanel query={query} />
      </div>
      <div className={styles.third}>
        <LadderPanel query={query} hideNames={big} />
        <GroupPanel query={query} />
      </div>
      <OperationsStrip />
    </div>
  );
}

export default function OverviewPage() {
  return <Overview />;
}
