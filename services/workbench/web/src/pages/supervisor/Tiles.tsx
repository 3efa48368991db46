/** The first row: each number with its sample and how it is counted; the whole tile opens the list behind it. */
import { QuestionCircleOutlined, RightOutlined } from '@ant-design/icons';
import { Link } from 'react-router-dom';
import type { Tile } from '@/api/numbers';
import { QueryState } from '@/kit/states';
import { useWords } from '@/lib/words';
import type { NumbersQuery } from './Overview';
import styles from './overview.module.css';

const ATTENTION: Partial<Record<Tile['code'], 'soon' | 'over'>> = { today: 'soon', over: 'over' };

function TileLink({ tile }: { tile: Tile }) {
  const { t, say } = useWords();
  const tone = tile.value ? ATTENTION[tile.code] : undefined;
  return (
    <Link to={tile.href} className={`${styles.tile} ${tone ? styles[`tile_${tone}`] : ''}`} title={say(tile.meaning)}>
      <span className={styles.tileHead}>
        {say(tile.title)} <QuestionCircleOutlined className={styles.faint} aria-label={say(tile.meaning)} />
        <RightOutlined className={styles.tileGo} aria-hidden />
      </span>
      <span className={styles.tileValue}>
        <b>{tile.value === null ? '—' : tile.value}</b>
        <span className={styles.tileUnit}>{t(`overview.unit_${tile.unit}`)}</span>
      </span>
      <span className={styles.note}>{tile.whole === null ? say(tile.meaning) : tile.whole === 0 ? t('overview.no_sample') : t('overview.sample', { part: tile.part, whole: tile.whole })}</span>
    </Link>
  );
}

export function Tiles({ query }: { query: NumbersQuery }) {
  const { t } = useWords();
  return (
    <section aria-label={t('overview.numbers')} className={styles.tilesArea}>
      <QueryState query={query} rows={3} title={t('overview.failed')}>
        {(data) => (
          <div className={styles.tiles}>
            {data.tiles.map((tile) => (
              <TileLink key={tile.code} tile={tile} />
            ))}
          </div>
        )}
      </QueryState>
    </section>
  );
}
