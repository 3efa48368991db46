/** The first character of a name in a disc; a pencil while that person is editing. */
import { CheckOutlined, EditFilled } from '@ant-design/icons';
import type { PresentStaff } from '@/api/types';
import { useWords } from '@/lib/words';
import marks from './marks.module.css';

interface Props {
  name: string;
  size?: 'normal' | 'large';
  ground?: 'page' | 'bar';
  mark?: 'editing' | 'present' | null;
  faded?: boolean;
}

export function Avatar({ name, size = 'normal', ground = 'page', mark = null, faded }: Props) {
  const classes = [marks.avatar, size === 'large' ? marks.avatar_large : '', ground === 'bar' ? marks.avatar_bar : '', faded ? marks.faded : ''];
  return (
    <span className={classes.join(' ')} aria-hidden title={name}>
      {name.slice(0, 1)}
      {mark === 'editing' && (
        <span className={marks.badge}>
          <EditFilled />
        </span>
      )}
      {mark === 'present' && (
        <span className={marks.badge} style={{ background: 'var(--done)' }}>
          <CheckOutlined />
        </span>
      )}
    </span>
  );
}

/** Who else has this open: faded = only looking, pencil = writing. */
export function Presence({ people }: { people: PresentStaff[] }) {
  const { t, say } = useWords();
  if (people.length === 0) return null;
  const writer = people.find((one) => one.state === 'editing');
  const sentence = writer
    ? t('kit.presence_editing', { name: writer.name, doing: say(writer.doing) || t('kit.presence_something') })
    : t('kit.presence_viewing', { names: people.map((one) => one.name).join(t('kit.list_comma')) });
  return (
    <span className={marks.presence} role="status">
      {people.map((one) => (
        <Avatar key={one.staff_id} name={one.name} mark={one.state === 'editing' ? 'editing' : null} faded={one.state !== 'editing'} />
      ))}
      <span>{sentence}</span>
    </span>
  );
}
