// Months as lines, with the ranges of a forecast as bands and a target as a line across.
import { aim, frame, told } from "./look.js";

// A band is two stacked lines: its lower edge, unseen, and what lies between the edges, filled.
function band(ranges, name, opacity, how) {
  const unseen = { symbol: "none", silent: true, stack: name, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return [
    { ...unseen, type: "line", data: ranges.map((one) => (one ? one[0] : null)) },
    {
      ...unseen, type: "line", name, data: ranges.map((one) => (one ? one[1] - one[0] : null)),
      areaStyle: { color: how.accent, opacity }, itemStyle: { color: how.accent, opacity: opacity * 2 },
    },
  ];
}

// A line that begins in the month after the first one ends goes on from it: what is expected, from what was seen.
function joined([seen, ...others], place) {
  const values = place ? others[place - 1].values : seen.values;
  const first = values.findIndex((one) => one !== null);
  if (!place || first < 1 || seen.values[first] !== null || seen.values[first - 1] === null) return values;
  return [...values.slice(0, first - 1), seen.values[first - 1], ...values.slice(first)];
}

export function line(numbers, how) {
  const option = frame(numbers, how);
  const lines = numbers.series.map((one, place) => {
    const stroke = how.series[place % how.series.length];
    return {
      type: "line", name: one.name, data: joined(numbers.series, place), symbol: "circle", symbolSize: place ? 0 : 5, connectNulls: false,
      lineStyle: { ...stroke }, itemStyle: { color: stroke.color }, z: 10 - place,
      markLine: place ? undefined : aim(numbers, how),
    };
  });
  option.tooltip.formatter = told(numbers, how);
  const bands = [
    ...(numbers.band95 ? band(numbers.band95, numbers.words.band95, 0.12, how) : []),
    ...(numbers.band80 ? band(numbers.band80, numbers.words.band80, 0.18, how) : []),
  ];
  return { ...option, series: [...bands, ...lines] };
}
