/** What each page transfers (gzip), from the built manifest; fails above the budgets. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const KB = 1000;
const BUDGETS_KB = { 'src/pages/operator/NewCall.tsx': 350, 'src/pages/operator/Home.tsx': 440, 'src/pages/case/CasePage.tsx': 440 };

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);

function weigh(keys) {
  const seen = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || seen.has(chunk.file)) return;
    seen.add(chunk.file);
    for (const style of chunk.css ?? []) seen.add(style);
    for (const next of chunk.imports ?? []) visit(next);
  };
  keys.forEach(visit);
  return [...seen].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist))).length, 0) / KB;
}

let failed = false;
const words = Object.keys(manifest).filter((key) => key.endsWith('i18n/zh-CN/index.ts'));
for (const key of Object.keys(manifest).filter((one) => one.startsWith('src/pages/') && manifest[one].isDynamicEntry)) {
  const weight = weigh([entry, ...words, key]);
  const budget = BUDGETS_KB[key];
  if (budget && weight > budget) failed = true;
  console.log(`${weight.toFixed(0).padStart(5)} kB  ${key}${budget ? `  (≤ ${budget})` : ''}`);
}
process.exit(failed ? 1 : 0);
