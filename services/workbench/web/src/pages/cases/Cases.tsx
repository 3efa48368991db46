/** The list of cases: whose, when due, in which state; every filter is part of the address. */
import { Input, Select } from 'antd';
import { CloseOutlined, DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { getCatalogue } from '@/api/intake';
import { getCases } from '@/api/workbench';
import { Act } from '@/kit/Act';
import { Choices } from '@/kit/Choices';
import { HintLine } from '@/kit/HintLine';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { QueryTable, useUrlFilter, type Filter } from '@/kit/QueryTable';
import { Empty } from '@/kit/states';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';
import { SavedViews } from './SavedViews';
import { caseKey, useCaseColumns } from './columns';
import styles from './cases.module.css';

const SCOPES = ['mine', 'group', 'all'] as const;
const DUES = ['any', 'over', 'today', 'soon'] as const;
const LENSES = ['reminded', 'overdue', 'group', 'unassigned', 'returned', 'supervised', 'step_reminded', 'step_overdue', 'step_urge', 'step_circulate'] as const;
const GRADES = ['G0', 'G1', 'G2', 'G3', 'G4'] as const;
const STATES = ['open', 'registered', 'returned', 'handling', 'call_back', 'closed', 'any'] as const;
const SORTS = ['due', 'registered'] as const;
const ALSO = ['group', 'handled_since', 'closed_since', 'since', 'rated', 'employer', 'party', 'stage', 'track'] as const;
const DAY_CHARS = 10;
const CATALOGUE_FRESH_MS = 3_600_000;

const COLUMNS = ['no', 'clock', 'title', 'state', 'grade', 'people', 'amount', 'org', 'owner', 'registered'] as const;

interface FilterProps {
  filter: Filter;
  onChange: (changed: Filter) => void;
}

/** One filter as a select whose empty choice takes it away. */
function Pick({ name, options, filter, onChange }: FilterProps & { name: string; options: { value: string; label: string }[] }) {
  const { t } = useWords();
  return (
    <Select
      aria-label={t(`caselist.by_${name}`)}
      placeholder={t(`caselist.by_${name}`)}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: 116 }}
      value={filter[name] || undefined}
      options={options}
      onChange={(value: string | undefined) => onChange({ [name]: value ?? '' })}
    />
  );
}

/** Conditions that came with a link (a number of the overview, an employer) and have no control of their own. */
function Also({ filter, onChange }: FilterProps) {
  const { t } = useWords();
  const present = ALSO.filter((name) => filter[name]);
  if (present.length === 0) return null;
  const words = present.map((name) => t(`caselist.also_${name}`, { value: name.endsWith('since') ? filter[name]?.slice(0, DAY_CHARS) : filter[name] }));
  return (
    <span className={styles.also}>
      {t('caselist.also', { list: words.join(t('kit.list_comma')) })}
      <button type="button" className={styles.drop} aria-label={t('caselist.also_clear')} onClick={() => onChange(Object.fromEntries(present.map((name) => [name, ''])))}>
        <CloseOutlined />
      </button>
    </span>
  );
}

function Filters({ filter, onChange }: FilterProps) {
  const { t, say } = useWords();
  const catalogue = useQuery({ queryKey: ['catalogue'], queryFn: getCatalogue, staleTime: CATALOGUE_FRESH_MS }).data;
  const coded = (items: { code: string; label: { zh: string; en: string } }[] | undefined) => (items ?? []).map((one) => ({ value: one.code, label: say(one.label) }));
  const own = { filter, onChange };
  return (
    <div className={styles.filters}>
      <Choices plain items={SCOPES.map((value) => ({ value, label: t(`cases.scope_${value}`) }))} value={SCOPES.find((one) => one === filter.scope) ?? 'all'} onChange={(scope) => onChange({ scope })} label={t('cases.scope')} />
      <Choices plain items={DUES.map((value) => ({ value, label: t(`cases.due_${value}`) }))} value={DUES.find((one) => one === filter.due) ?? 'any'} onChange={(value) => onChange({ due: value === 'any' ? '' : value })} label={t('cases.clock')} />
      <Pick {...own} name="state" options={STATES.map((value) => ({ value, label: t(`caselist.state_${value}`) }))} />
      <Pick {...own} name="category" options={coded(catalogue?.categories)} />
      <Pick {...own} name="region" options={coded(catalogue?.regions)} />
      <Pick {...own} name="grade" options={GRADES.map((value) => ({ value, label: value }))} />
      <Pick {...own} name="lens" options={LENSES.map((value) => ({ value, label: t(`caselist.lens_${value}`) }))} />
      <Also {...own} />
      <Pick {...own} name="sort" options={SORTS.map((value) => ({ value, label: t(`caselist.sort_${value}`) }))} />
    </div>
  );
}

/** A search without a hit says what can be searched for, and leads back. */
function NotFound({ text, onClear }: { text: string; onClear: () => void }) {
  const { t } = useWords();
  return <Empty title={t('caselist.not_found', { text })} advice={t('caselist.not_found_advice')} action={<Act onAct={onClear}>{t('caselist.clear_search')}</Act>} />;
}

export default function Cases() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [filter, setFilter] = useUrlFilter();
  const columns = useCaseColumns(COLUMNS);
  const answer = useQuery({ queryKey: ['cases', filter], queryFn: () => getCases(filter) }).data;
  return (
    <div className={page.page}>
      <PageHead
        title={t('cases.page')}
        actions={
          <>
            {answer?.export_href && (
              <Act icon={<DownloadOutlined />} onAct={() => window.location.assign(answer.export_href ?? '')}>
                {t('caselist.export')}
              </Act>
            )}
            <Input.Search key={filter.q ?? ''} aria-label={t('cases.find')} placeholder={t('cases.find')} defaultValue={filter.q} allowClear style={{ width: 300 }} onSearch={(q) => setFilter({ q })} />
          </>
        }
      >
        <SavedViews filter={filter} />
      </PageHead>
      <Filters filter={filter} onChange={setFilter} />
      <Panel grow still label={t('cases.page')}>
        <QueryTable topic="cases" load={getCases} columns={columns} keyOf={caseKey} onOpen={(row) => void navigate(`/cases/${row.case_id}`)} label={t('cases.page')} empty={filter.q ? <NotFound text={filter.q} onClear={() => setFilter({ q: '' })} /> : undefined} />
      </Panel>
      <HintLine hints={[{ keys: ['down', 'up'], says: t('keys.move') }, { keys: ['open'], says: t('keys.open') }, { keys: ['search'], says: t('keys.search') }]} />
    </div>
  );
}
