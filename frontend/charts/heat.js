// Rows and columns as tiles: the stronger its colour, the larger the number. What is withheld stays empty.
import { frame } from "./look.js";

export function heat(numbers, how) {
  const option = frame(numbers, how);
  const cells = numbers.series.flatMap((row, y) => row.values.map((value, x) => [x, y, value]));
  const seen = cells.map((cell) => cell[2]).filter((value) => value !== null);
  const name = (place) => `${numbers.series[place[1]].name} · ${numbers.labels[place[0]]}`;
  return {
    ...option,
    legend: { show: false },
    grid: { ...option.grid, top: 8 },
    tooltip: {
      ...option.tooltip, trigger: "item",
      formatter: ({ value }) => `${name(value)}\n${how.say(value[2], numbers)}`,
    },
    yAxis: {
      type: "category", data: numbers.series.map((one) => one.name), inverse: true, axisTick: { show: false },
      axisLine: { lineStyle: { color: how.line } }, axisLabel: { ...how.font, color: how.ink },
    },
    visualMap: {
      show: false, min: 0, max: Math.max(1, ...seen), inRange: { color: [how.sunken, how.soft, how.accent] },
    },
    series: [{ type: "heatmap", data: cells.filter((cell) => cell[2] !== null), itemStyle: { borderColor: how.surface, borderWidth: 2 } }],
  };
}
