/** The picture of the login page: many thin currents and one warm one. Drawn by a formula, no image to load. */
import { useMemo } from 'react';
import styles from './login.module.css';

const WIDTH = 860;
const HEIGHT = 768;
const LINES = 24;
const POINTS = 26;

function current(base: number, lift: number, phase: number, from = 0): string {
  const points = Array.from({ length: POINTS + 1 }, (_, index) => {
    const x = (index / POINTS) * WIDTH;
    const y = base + Math.sin((x / WIDTH) * Math.PI * 1.9 + phase) * lift + from * (x / WIDTH);
    return [x, y] as const;
  });
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

export function Waves() {
  const lines = useMemo(
    () => Array.from({ length: LINES }, (_, index) => current(270 + index * 24, 34 - index * 0.9, 1.75 + index * 0.1, -70 + index * 7)),
    [],
  );
  return (
    <svg className={styles.waves} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="xMidYMid slice" aria-hidden focusable="false">
      {lines.map((line, index) => (
        <path key={line} d={line} fill="none" stroke="#7FC4C8" strokeOpacity={0.34 - index * 0.008} strokeWidth="1" />
      ))}
      <path d={current(453, 30, 1.9, 0)} fill="none" stroke="#FF9A57" strokeWidth="2.4" />
    </svg>
  );
}
