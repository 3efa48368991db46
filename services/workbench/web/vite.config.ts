import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { fixtures } from './dev/fixtures.ts';

/** Sizes are written in px at the base size 14; one rem is that size, so the user's setting 14/16/18 scales all of them. */
const BASE_PX = 14;
const HAIRLINE_PX = 3;

const LIBRARY = /node_modules\/(antd|@rc-component|@ant-design|dayjs|@babel|@emotion|clsx|throttle-debounce|scroll-into-view-if-needed|compute-scroll-into-view)\//;
/** Parts of antd that only some pages use: in a chunk of their own, so that the intake page stays within its budget. */
const HEAVY =
  /node_modules\/(antd\/(es|lib)\/(table|date-picker|time-picker|calendar|tabs|tree|tree-select|cascader|pagination|upload|transfer|descriptions|steps|drawer|menu|dropdown|progress|splitter|image|locale)|@rc-component\/(table|picker|tabs|tree|tree-select|cascader|pagination|upload|drawer|menu|dropdown|progress|steps|image))\//;

function pxToRem(): Plugin {
  return {
    name: 'px-to-rem',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/.*\.css(\?|$)/.test(id)) return null;
      const lines = code.split('\n').map((line) =>
        line.trimStart().startsWith('@') || line.includes('--base-size')
          ? line
          : line.replace(/(?<![\w#.-])(\d*\.?\d+)px\b/g, (whole, px: string) =>
              Number(px) <= HAIRLINE_PX ? whole : `${Number((Number(px) / BASE_PX).toFixed(5))}rem`,
            ),
      );
      return { code: lines.join('\n'), map: null };
    },
  };
}

export default defineConfig(({ command }) => ({
  plugins: [pxToRem(), react(), ...(command === 'serve' ? [fixtures()] : [])],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The server replaces the placeholder with a fresh nonce in each answer; antd reads it from the meta element.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'chrome100',
    manifest: true,
    reportCompressedSize: true,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|cookie|@tanstack|i18next|react-i18next)\//, priority: 30 },
            { name: 'icons', test: /node_modules\/@ant-design\/icons/, priority: 20, minShareCount: 2 },
            { name: 'charts', test: /node_modules\/(echarts|zrender)\//, priority: 20 },
            { name: 'antd', test: (id) => LIBRARY.test(id) && !HEAVY.test(id), priority: 10, minShareCount: 2 },
            { name: 'antd-heavy', test: HEAVY, priority: 5, minShareCount: 2 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' as const },
  server: { host: '127.0.0.1' },
  test: { environment: 'jsdom', globals: false, css: false, setupFiles: ['./src/testing/setup.ts'] },
}));
