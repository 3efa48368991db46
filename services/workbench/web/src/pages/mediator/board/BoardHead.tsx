/** Title and filters of the board; each filter is part of the address, so a copied link shows the same. */
import { AppstoreOutlined, ExclamationCircleFilled, UnorderedListOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { LENSES, SCOPES, type Board, type BoardLens } from '@/api/board';
import { Choices } from '@/kit/Choices';
import { PageHead } from '@/kit/PageHead';
import type { Filter } from '@/kit/QueryTable';
import { secondsOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import styles from './board.module.css';

/** Sizes of a group and of a claim that the filters offer; the server decides what they hold. */
const PEOPLE = ['10', '30', '100'];
const AMOUNTS_WAN = ['1', '10', '100'];

interface Props {
  board: Board | undefined;
  filter: Filter;
  onFilter: (changed: Filter) => void;
  phone: boolean;
}

export function BoardHead({ board, filter, onFilter, phone }: Props) {
  const { t, say } = useWords();
  const scope = SCOPES.find((one) => one === filter.scope) ?? 'group';
  const filters = (
    <>
      <Choices plain label={t('board.scope')} value={scope} onChange={(value) => onFilter({ scope: value })} items={SCOPES.map((value) => ({ value, label: t(`board.scope_${value}`, { n: board?.scopes[value] ?? '' }) }))} />
      <Select
        aria-label={t('board.region')}
        className={styles.pick}
        value={filter.region ?? ''}
        onChange={(region: string) => onFilter({ region })}
        options={[{ value: '', label: t('board.region_any') }, ...(board?.regions ?? []).map((one) => ({ value: one.code, label: say(one.label) }))]}
      />
      <Select
        aria-label={t('board.size')}
        className={styles.pick}
        value={filter.people ?? ''}
        onChange={(people: string) => onFilter({ people })}
        options={[{ value: '', label: t('board.people_any') }, ...PEOPLE.map((n) => ({ value: n, label: t('board.people_from', { n }) }))]}
      />
      <Select
        aria-label={t('board.amount')}
        className={`${styles.pick} ${styles.onWide}`}
        value={filter.amount ?? ''}
        onChange={(amount: string) => onFilter({ amount })}
        options={[{ value: '', label: t('board.amount_any') }, ...AMOUNTS_WAN.map((n) => ({ value: n, label: t('board.amount_from', { n }) }))]}
      />
      <Input.Search aria-label={t('board.find')} placeholder={t('board.find')} defaultValue={filter.q} allowClear className={styles.find} onSearch={(q) => onFilter({ q })} />
      {!phone && (
        <Choices
          plain
          label={t('board.view')}
          value={filter.view === 'table' ? 'table' : 'board'}
          onChange={(view) => onFilter({ view: view === 'table' ? 'table' : '' })}
          items={[
            { value: 'board', label: <><AppstoreOutlined aria-hidden /> {t('board.view_board')}</> },
            { value: 'table', label: <><UnorderedListOutlined aria-hidden /> {t('board.view_table')}</> },
          ]}
        />
      )}
    </>
  );
  return (
    <>
      <PageHead title={t('board.title')} note={<span className={styles.scheme}>{say(board?.scheme)}</span>} actions={phone ? null : filters} />
      {phone && <div className={styles.filters}>{filters}</div>}
    </>
  );
}

const TONES: Partial<Record<BoardLens, string>> = { over: styles.lensOver, soon: styles.lensSoon };

export function LensRow({ board, lens, onLens }: { board: Board | undefined; lens: string; onLens: (lens: BoardLens) => void }) {
  const { t } = useWords();
  return (
    <div className={styles.lenses} role="group" aria-label={t('board.lens')}>
      {LENSES.map((one) => (
        <button key={one} type="button" className={`${styles.lens} ${TONES[one] ?? ''}`} aria-pressed={one === lens} onClick={() => onLens(one)}>
          {one === 'over' && <ExclamationCircleFilled aria-hidden />}
          <b>{board?.lenses[one] ?? '–'}</b> {t(`board.lens_${one}`)}
        </button>
      ))}
      <span className={styles.asOf}>{board && t('board.as_of', { time: secondsOf(new Date(board.as_of)) })}</span>
    </div>
  );
}
