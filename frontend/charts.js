// Charts, on pages that have some: each <figure data-chart> holds its numbers as JSON and as a table. The drawing is a
// canvas with tooltips drawn on it, so that nothing asks for a style within the page; without this script the
// table stands open. Shapes: see src/xinqiao/ui/charts.py.
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { bars } from "./charts/bars.js";
import { heat } from "./charts/heat.js";
import { line } from "./charts/line.js";
import { look } from "./charts/look.js";

use([BarChart, HeatmapChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent,
  VisualMapComponent, CanvasRenderer]);

const KINDS = { line, bars, heat };

function show(figure) {
  const numbers = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const plot = figure.querySelector(".xq-plot");
  const drawn = init(plot, null, { renderer: "canvas" });
  const draw = () => drawn.setOption(KINDS[numbers.kind](numbers, look(plot)), { notMerge: true });
  draw();
  plot.firstElementChild?.setAttribute("aria-hidden", "true"); // its words stand on the box around it
  figure.querySelector("details").open = false;
  addEventListener("xinqiao:theme", draw);
  new ResizeObserver(() => {
    if (plot.clientWidth) drawn.resize();
  }).observe(plot);
  addEventListener("beforeprint", () => drawn.resize());
}

document.querySelectorAll("figure[data-chart]").forEach(show);
