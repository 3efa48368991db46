/**
 * Keeps a live list still under the cursor: rows that changed are updated in place and flash, rows that are gone leave,
 * and new rows wait behind a bar until the person asks for them.
 */
import { useEffect, useMemo, useState } from 'react';

const FLASH_MS = 2000;

interface Held<Item> {
  rows: Item[];
  /** How many new rows wait. */
  waiting: number;
  release: () => void;
  /** Keys of rows that others changed less than 2 s ago. */
  flashed: ReadonlySet<string>;
}

export function useHeldRows<Item>(items: Item[], keyOf: (item: Item) => string, resetOn: string): Held<Item> {
  const [accepted, setAccepted] = useState<{ scope: string; keys: readonly string[] }>({ scope: resetOn, keys: items.map(keyOf) });
  const [before, setBefore] = useState(items);
  const [flashed, setFlashed] = useState<ReadonlySet<string>>(new Set());

  const byKey = useMemo(() => new Map(items.map((item) => [keyOf(item), item])), [items, keyOf]);
  const wantsAll = accepted.scope !== resetOn || accepted.keys.length === 0;
  if (wantsAll && (accepted.scope !== resetOn || items.length > 0)) setAccepted({ scope: resetOn, keys: items.map(keyOf) });

  if (before !== items) {
    const old = new Map(before.map((item) => [keyOf(item), JSON.stringify(item)]));
    const changed = items.filter((item) => old.has(keyOf(item)) && old.get(keyOf(item)) !== JSON.stringify(item));
    setBefore(items);
    if (changed.length > 0 && !wantsAll) setFlashed(new Set(changed.map(keyOf)));
  }

  useEffect(() => {
    if (flashed.size === 0) return undefined;
    const timer = window.setTimeout(() => setFlashed(new Set()), FLASH_MS);
    return () => window.clearTimeout(timer);
  }, [flashed]);

  const known = new Set(accepted.keys);
  const waiting = wantsAll ? 0 : items.filter((item) => !known.has(keyOf(item))).length;
  const rows = waiting === 0 ? items : accepted.keys.flatMap((key) => byKey.get(key) ?? []);
  return { rows, waiting, flashed, release: () => setAccepted({ scope: resetOn, keys: items.map(keyOf) }) };
}
