import type { EChartsCoreOption } from 'echarts/core'
import { colourOf } from '../../model/colours.ts'
import { colourOfTone, type Figure, MOST_ROWS } from './figure.ts'

const FONT = '"Inter Variable", system-ui, sans-serif'

/** The names of people and stages are anybody's: they are put into the tooltip as text. */
function tooltip(figure: Figure, index: number, isDark: boolean): HTMLElement {
  const box = document.createElement('div')
  box.className = 'chart-tip'
  const title = document.createElement('div')
  title.className = 'chart-tip-title'
  title.textContent = figure.categories[index]?.label ?? ''
  box.append(title)
  for (const series of figure.series) {
    const row = document.createElement('div')
    row.className = 'chart-tip-row'
    const dot = document.createElement('i')
    dot.style.background = figure.categories[index]?.colour ?? colourOfTone(series.colour, isDark)
    const name = document.createElement('span')
    name.textContent = series.name
    const value = document.createElement('b')
    value.textContent = figure.format(series.values[index] ?? 0)
    row.append(dot, name, value)
    box.append(row)
  }
  return box
}

/** Bars have round ends where nothing stands on them. */
const ends = (figure: Figure): number | number[] =>
  figure.stacked === true ? 0 : figure.kind === 'rows' ? [0, 4, 4, 0] : [4, 4, 0, 0]

/** A figure as ECharts draws it. */
export function optionOf(
  figure: Figure,
  { isDark, isStill }: { isDark: boolean; isStill: boolean },
): EChartsCoreOption {
  const isAcross = figure.kind === 'rows'
  const shown = isAcross ? Math.min(figure.categories.length, MOST_ROWS) : figure.categories.length
  const ink = isDark ? '#a6b1ab' : '#55625b'
  const line = isDark ? '#26302b' : '#e3e9e6'
  const names = {
    type: 'category' as const,
    data: figure.categories.slice(0, shown).map(({ label }) => label),
    inverse: isAcross,
    boundaryGap: figure.kind !== 'line',
    axisTick: { show: false },
    axisLine: { show: !isAcross, lineStyle: { color: line } },
    axisLabel: {
      color: ink,
      fontFamily: FONT,
      fontSize: 12,
      hideOverlap: true,
      ...(isAcross ? { width: 132, overflow: 'truncate' as const } : {}),
    },
  }
  const values = {
    type: 'value' as const,
    minInterval: 1,
    splitNumber: 4,
    splitLine: { lineStyle: { color: line } },
    axisLabel: {
      color: ink,
      fontFamily: FONT,
      fontSize: 12,
      hideOverlap: true,
      formatter: (value: number) => figure.axis(value),
    },
  }
  return {
    animation: !isStill,
    animationDuration: 250,
    animationDurationUpdate: 250,
    textStyle: { fontFamily: FONT },
    grid: {
      left: 4,
      right: isAcross ? 24 : 12,
      top: 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: isAcross ? values : names,
    yAxis: isAcross ? names : values,
    tooltip: {
      trigger: 'axis',
      axisPointer: {
        type: figure.kind === 'line' ? 'line' : 'shadow',
        shadowStyle: { color: isDark ? '#ffffff0d' : '#16201b0a' },
      },
      confine: true,
      transitionDuration: 0,
      backgroundColor: isDark ? '#1a221e' : '#ffffff',
      borderColor: line,
      padding: 0,
      extraCssText: 'border-radius:10px;box-shadow:0 4px 16px rgb(16 30 24 / 0.14)',
      formatter: (points: unknown) => tooltip(figure, (points as { dataIndex: number }[])[0]?.dataIndex ?? 0, isDark),
    },
    series: figure.series.map((series) => {
      const colour = colourOfTone(series.colour, isDark)
      const data = series.values.slice(0, shown)
      const cursor = series.links.some((link) => link !== undefined) ? 'pointer' : 'default'
      if (figure.kind === 'line')
        return {
          type: 'line' as const,
          name: series.name,
          data,
          cursor,
          symbol: 'circle',
          symbolSize: 6,
          showSymbol: data.length <= 31 && series.dashed !== true,
          triggerLineEvent: true,
          lineStyle: {
            color: colour,
            width: series.dashed === true ? 1.5 : 2,
            type: series.dashed === true ? ('dashed' as const) : ('solid' as const),
          },
          itemStyle: { color: colour },
          z: series.dashed === true ? 1 : 2,
          ...(series.dashed === true ? {} : { areaStyle: { color: colour, opacity: isDark ? 0.12 : 0.07 } }),
        }
      return {
        type: 'bar' as const,
        name: series.name,
        cursor,
        ...(figure.stacked === true ? { stack: 'all' } : {}),
        data: data.map((value, index) => {
          const own = figure.categories[index]?.colour
          return own === undefined ? value : { value, itemStyle: { color: colourOf(own) } }
        }),
        barMaxWidth: isAcross ? 18 : 40,
        barCategoryGap: '36%',
        itemStyle: { color: colour, borderRadius: ends(figure) },
      }
    }),
  }
}
