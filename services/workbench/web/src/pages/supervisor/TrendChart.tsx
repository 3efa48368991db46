/** The chart itself, alone in its chunk with echarts: lines with direct labels, weekends shaded, no entrance. */
import { useEffect, useMemo, useRef } from 'react';
import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { TrendDay } from '@/api/numbers';
import { colour, FONT } from '@/kit/tokens';
import { useWords } from '@/lib/words';
import styles from './overview.module.css';

register([LineChart, GridComponent, TooltipComponent, MarkAreaComponent, AriaComponent, CanvasRenderer]);

const SATURDAY = 6;
const MONTH_DAY_CHARS = 5;
const LABEL_ROOM_PX = 72;
const WEEKEND = 'rgba(233, 231, 225, 0.7)';

const isSaturday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === SATURDAY;

function optionOf(days: TrendDay[], registered: string, closed: string): EChartsCoreOption {
  const weekends = days.flatMap((one, index) => (isSaturday(one.day) ? [[{ xAxis: index }, { xAxis: Math.min(index + 1, days.length - 1) }]] : []));
  const line = (name: string, values: number[], main: boolean) => ({
    type: 'line',
    name,
    data: values,
    symbol: 'none',
    lineStyle: { width: main ? 2 : 1.5, type: main ? 'solid' : 'dashed', color: main ? colour.brand : colour.comparison },
    itemStyle: { color: main ? colour.brand : colour.comparison },
    areaStyle: main ? { color: colour.brand, opacity: 0.05 } : undefined,
    endLabel: { show: true, formatter: '{a} {c}', color: main ? colour.brand : colour.ink2, fontWeight: main ? 600 : 400, fontSize: 12 },
    labelLayout: { moveOverlap: 'shiftY' },
    markArea: main ? { silent: true, itemStyle: { color: WEEKEND }, data: weekends } : undefined,
  });
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily: FONT, fontSize: 12, color: colour.ink2 },
    grid: { left: 40, right: LABEL_ROOM_PX, top: 16, bottom: 28 },
    tooltip: { trigger: 'axis', transitionDuration: 0 },
    xAxis: { type: 'category', boundaryGap: false, data: days.map((one) => one.day.slice(-MONTH_DAY_CHARS)), axisTick: { show: false }, axisLine: { lineStyle: { color: colour.line } }, axisLabel: { color: colour.ink2, interval: 6 } },
    yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: colour.line } }, axisLabel: { color: colour.ink2 } },
    series: [
      line(registered, days.map((one) => one.registered), true),
      line(closed, days.map((one) => one.closed), false),
    ],
  };
}

export default function TrendChart({ days }: { days: TrendDay[] }) {
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const registered = t('overview.registered');
  const closed = t('overview.closed');
  const option = useMemo(() => optionOf(days, registered, closed), [days, registered, closed]);
  useEffect(() => {
    if (!place.current) return undefined;
    const chart = init(place.current);
    chart.setOption(option);
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={place} className={styles.chart} role="img" aria-label={t('overview.trend')} />;
}
