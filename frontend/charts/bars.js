// Labels with bars: months upright, names lying, so that they can be read.
import { aim, frame, told } from "./look.js";

export function bars(numbers, how) {
  const option = frame(numbers, how);
  option.tooltip.axisPointer = { type: "shadow", shadowStyle: { color: how.soft, opacity: 0.6 } };
  option.tooltip.formatter = told(numbers, how);
  option.yAxis.scale = false;
  option.yAxis.min = 0;
  const [accent, muted] = [how.fill, how.series[2].color];
  const series = numbers.series.map((one, place) => ({
    type: "bar", name: one.name, data: one.values, barMaxWidth: 28, barGap: "10%",
    stack: numbers.stacked ? "one" : undefined,
    itemStyle: place
      ? { color: how.sunken, borderColor: muted, borderWidth: 1 }
      : { color: accent },
    markLine: place || numbers.lying ? undefined : aim(numbers, how),
  }));
  if (!numbers.lying) return { ...option, series };
  return {
    ...option,
    xAxis: option.yAxis,
    yAxis: { ...option.xAxis, inverse: true, axisLabel: { ...how.font, color: how.ink, width: how.narrow ? 110 : 200, overflow: "break" } },
    series,
  };
}
