/** Short news at the bottom of the screen; spoken politely, gone by themselves, never over the action bar. */
import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { StatusWord, type Tone } from './StatusTag';
import styles from './toasts.module.css';

const SHOWN_MS = 5000;
const TOASTS_MAX = 3;

interface Toast {
  id: number;
  tone: Tone;
  words: string;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const watchers = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const watcher of watchers) watcher();
}

export function toast(tone: Tone, words: string): void {
  lastId += 1;
  const one = { id: lastId, tone, words };
  set([...toasts, one].slice(-TOASTS_MAX));
  window.setTimeout(() => set(toasts.filter((other) => other !== one)), SHOWN_MS);
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => toasts,
  );
  return createPortal(
    <div className={styles.place} role="status" aria-live="polite">
      {shown.map((one) => (
        <div key={one.id} className={styles.toast}>
          <StatusWord tone={one.tone}>{one.words}</StatusWord>
        </div>
      ))}
    </div>,
    document.body,
  );
}
