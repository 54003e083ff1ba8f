// How charts look on this page now: the colours are the page's own (CSS variables), the letters too.
export function look(plot) {
  const style = getComputedStyle(plot);
  const of = (name) => style.getPropertyValue(`--xq-${name}`).trim();
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return {
    ink: of("ink"),
    muted: of("muted"),
    line: of("line"),
    surface: of("surface"),
    sunken: of("sunken"),
    soft: of("accent-soft"),
    accent: of("accent"),
    fill: of("accent-fill"),
    // A line is told from another by its stroke, too: colours alone are not enough for everybody.
    series: [
      { color: of("accent"), type: "solid", width: 2.5 },
      { color: of("muted"), type: [6, 4], width: 1.75 },
      { color: of("edge"), type: [2, 3], width: 1.75 },
      { color: of("ink"), type: [10, 3, 2, 3], width: 1.5 },
    ],
    font: { fontFamily: style.fontFamily, fontSize: 12, color: of("muted") },
    narrow: plot.clientWidth < 480,
    say: (value, numbers) => {
      if (value === null || value === undefined) return "—";
      return numbers.percent ? `${number.format(value * 100)} %` : number.format(value);
    },
  };
}

// What every drawing with two axes shares.
export function frame(numbers, how) {
  const many = numbers.series.length > 1 || Boolean(numbers.band95);
  return {
    animation: false,
    textStyle: how.font,
    grid: { left: 8, right: 16, top: many ? (how.narrow && numbers.band95 ? 72 : 40) : 16, bottom: 8, containLabel: true },
    legend: {
      show: many,
      data: [...numbers.series.map((one) => one.name), ...(numbers.band95 ? [numbers.words.band80, numbers.words.band95] : [])],
      top: 0, left: 0, itemWidth: 24, itemGap: 16, textStyle: { ...how.font, color: how.ink },
    },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      backgroundColor: how.surface,
      borderColor: how.line,
      textStyle: { ...how.font, color: how.ink },
    },
    xAxis: {
      type: "category",
      data: numbers.labels,
      axisLine: { lineStyle: { color: how.line } },
      axisTick: { show: false },
      axisLabel: { ...how.font, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      min: numbers.percent ? undefined : 0,
      max: numbers.percent ? 1 : undefined,
      scale: Boolean(numbers.percent),
      minInterval: numbers.percent ? undefined : 1,
      splitNumber: 4,
      splitLine: { lineStyle: { color: how.line } },
      axisLabel: { ...how.font, formatter: (value) => how.say(value, numbers) },
    },
  };
}

// The line of a target, across the drawing.
export function aim(numbers, how) {
  if (numbers.target === null || numbers.target === undefined) return undefined;
  return {
    symbol: "none",
    silent: true,
    lineStyle: { color: how.ink, type: "solid", width: 1 },
    label: {
      ...how.font, color: how.ink, position: "insideStartTop", distance: 4,
      formatter: `${numbers.words.target} ${how.say(numbers.target, numbers)}`,
    },
    data: [{ yAxis: numbers.target }],
  };
}

// The words of a tooltip: the label, then a line for each series and each range.
export function told(numbers, how) {
  return (points) => {
    const place = points[0].dataIndex;
    const lines = numbers.series.map((one) => `${one.name}  ${how.say(one.values[place], numbers)}`);
    for (const [band, word] of [["band80", numbers.words.band80], ["band95", numbers.words.band95]]) {
      const range = numbers[band]?.[place];
      if (range) lines.push(`${word}  ${how.say(range[0], numbers)} – ${how.say(range[1], numbers)}`);
    }
    return [numbers.labels[place], ...lines].join("\n");
  };
}
