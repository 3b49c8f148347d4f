// The charts. Each has the same time below it, and a legend that says the values at the cursor, or else the latest.

import { count, day, dollars, duration, hourAndMinute, timeOfDay, zoned } from "./format.js";

const whole = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 1000000];
const waits = [1, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];

const area = (name, label, color) => ({ name, label, color, kind: "area" });

const CHARTS = [
  {
    title: "Waiting line", unit: "tasks", rightUnit: "oldest wait",
    series: [
      area("WAITING", "Tasks waiting", "--waiting"),
      { name: "oldestWaitSeconds", label: "Oldest wait", color: "--bad", kind: "line", scale: "wait", format: duration },
    ],
  },
  {
    title: "Tasks by state", unit: "tasks", stacked: true,
    series: [
      area("RUNNING", "Running", "--spot"), area("PLACED", "Placed", "--spot-soft"),
      area("LAUNCHING", "Launching", "--neutral"), area("WAITING", "Waiting", "--waiting"),
    ],
  },
  {
    title: "Tasks by capacity type", unit: "tasks", stacked: true,
    series: [
      area("onEC2", "EC2", "--spot"), area("onEC2_SPOT", "EC2 Spot", "--spot-soft"),
      area("onEC2_ON_DEMAND", "EC2 on-demand", "--on-demand"), area("onFARGATE", "Fargate", "--fargate"),
      area("onFARGATE_SPOT", "Fargate Spot", "--fargate-soft"), area("onLAMBDA", "Lambda", "--lambda"),
    ],
  },
  {
    title: "Room for the largest container", unit: "containers", room: true,
    series: [
      area("schedulable", "SchedulableContainers", "--spot"),
      { name: "high", label: "Shrinks from", color: "--on-demand", kind: "dashed" },
      { name: "low", label: "Grows below", color: "--bad", kind: "dashed" },
    ],
  },
  {
    title: "Instances", unit: "instances", stacked: true,
    series: [
      area("SPOTACTIVE", "Spot", "--spot"), area("SPOTDRAINING", "Spot, draining", "--spot-soft"),
      area("ON_DEMANDACTIVE", "On-demand", "--on-demand"),
      area("ON_DEMANDDRAINING", "On-demand, draining", "--on-demand-soft"),
      area("starting", "Starting", "--neutral"), area("disconnected", "Disconnected", "--bad"),
    ],
  },
  {
    title: "Paid for containers", unit: "US dollars",
    series: [
      { name: "fargateAlone", label: "Fargate alone would be", color: "--fargate", kind: "line", format: dollars },
      { name: "paid", label: "Paid", color: "--spot", kind: "area", format: dollars },
    ],
  },
];

const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** An opaque mixture: what lies behind must not shine through, or the colors of a stack would not be those of its legend. */
function soft(color) {
  const parts = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
  const back = parts(style("--card"));
  const mixed = parts(color).map((part, i) => Math.round(part * 0.42 + back[i] * 0.58));
  return `rgb(${mixed.join(" ")})`;
}

/** The sums of the layers up to each. */
function stack(layers) {
  const sums = new Array(layers[0]?.length ?? 0).fill(0);
  return layers.map(layer => layer.map((value, i) => (sums[i] += value)));
}

function timeLabels(plot, splits) {
  const step = splits.length > 1 ? splits[1] - splits[0] : 60;
  return splits.map((seconds, i) => {
    const millis = seconds * 1000;
    const midnight = step >= 3600 && hourAndMinute(millis) === "00:00";
    return midnight && i > 0 ? day(millis) : step < 60 ? timeOfDay(millis) : hourAndMinute(millis);
  });
}

class Chart {
  constructor(definition, parent, view) {
    this.definition = definition;
    this.view = view;
    this.raw = [];
    this.figure = document.createElement("figure");
    this.figure.className = "card chart";
    const title = document.createElement("h2");
    title.textContent = definition.title;
    this.legend = document.createElement("ul");
    this.legend.className = "chart-legend";
    const units = document.createElement("div");
    units.className = "units";
    units.ariaHidden = "true";
    for (const unit of [definition.unit, definition.rightUnit ?? ""]) {
      units.append(Object.assign(document.createElement("span"), { textContent: unit }));
    }
    this.place = document.createElement("div");
    this.place.className = "plot";
    this.figure.append(title, this.legend, units, this.place);
    parent.append(this.figure);
    this.values = definition.series.map(series => this.legendItem(series));
    this.draw();
    new ResizeObserver(() => this.resize()).observe(this.place);
  }

  legendItem(series) {
    const item = document.createElement("li");
    const swatch = document.createElement("i");
    if (series.kind !== "area") {
      swatch.className = series.kind === "dashed" ? "line dashed" : "line";
    }
    const label = Object.assign(document.createElement("span"), { textContent: series.label });
    const value = document.createElement("b");
    item.append(swatch, label, " ", value);
    this.legend.append(item);
    return { item, swatch, label, value };
  }

  /** Anew with the colors of the present scheme. */
  draw() {
    this.plot?.destroy();
    const { series } = this.definition;
    // The highest sum is drawn first, and the lower ones over it: so a layer of nothing is hidden by the one below.
    this.order = this.definition.stacked ? series.map((_, i) => series.length - 1 - i) : series.map((_, i) => i);
    const muted = style("--muted");
    const line = style("--line");
    const axis = { stroke: muted, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
    const left = series.find(one => !one.scale);
    const axes = [
      { ...axis, grid: { show: false }, values: timeLabels, space: 56, size: 28, gap: 8 },
      { ...axis, size: left.format ? 58 : 46, gap: 4, space: 28, incrs: left.format ? undefined : whole,
        values: (_, splits) => splits.map(left.format === dollars ? money : count) },
    ];
    const scales = {
      x: { time: true, range: () => this.view.window() },
      y: { range: (_, min, max) => [0, left.format ? Math.max(max ?? 0, 0.0001) * 1.12 : Math.max(max ?? 0, 2) * 1.12] },
    };
    if (this.definition.rightUnit) {
      axes.push({ ...axis, side: 1, scale: "wait", size: 52, gap: 4, space: 28, incrs: waits, grid: { show: false },
        values: (_, splits) => splits.map(shortDuration) });
      scales.wait = { range: (_, min, max) => [0, Math.max(max ?? 0, 10) * 1.12] };
    }
    this.plot = new uPlot({
      width: Math.max(this.place.clientWidth, 120),
      height: 152,
      padding: [6, this.definition.rightUnit ? 0 : 26, 0, 0],
      tzDate: zoned,
      legend: { show: false },
      cursor: {
        y: false, drag: { x: false, y: false }, sync: { key: "time", scales: ["x", null] },
        points: { size: 6 },
      },
      hooks: { setCursor: [plot => this.tell(plot.cursor.idx)] },
      scales,
      axes,
      series: [{}, ...this.order.map(i => this.drawn(series[i]))],
    }, [[], ...series.map(() => [])], this.place);
    series.forEach((one, i) => {
      const { swatch } = this.values[i];
      const color = style(one.color);
      swatch.style[one.kind === "area" ? "background" : "borderTopColor"] = color;
    });
    this.show();
  }

  drawn(series) {
    const color = style(series.color);
    return {
      scale: series.scale ?? "y",
      stroke: color,
      width: 1.5,
      fill: series.kind === "area" ? soft(color) : undefined,
      dash: series.kind === "dashed" ? [5, 4] : undefined,
      paths: series.format ? undefined : uPlot.paths.stepped({ align: 1 }),
      points: { show: false },
    };
  }

  /** New data: milliseconds, and columns by name. */
  update(at, columns) {
    this.at = at;
    this.raw = this.definition.series.map(series => columns[series.name] ?? []);
    this.show();
  }

  show() {
    if (!this.at) {
      return;
    }
    const columns = this.definition.stacked
      ? stack(this.raw)
      : this.raw.map((column, i) => (this.definition.series[i].scale ? column.map(value => value || null) : column));
    this.plot.setData([this.at.map(millis => millis / 1000), ...this.order.map(i => columns[i])]);
    this.tell(this.plot.cursor.idx);
  }

  /** Says the values at an index, or the latest. A series that has never been more than nothing is left out. */
  tell(index) {
    const last = (this.at?.length ?? 0) - 1;
    const i = index ?? last;
    this.definition.series.forEach((series, n) => {
      const { item, value } = this.values[n];
      const column = this.raw[n] ?? [];
      item.hidden = series.kind === "area" && this.definition.stacked && !column.some(Boolean);
      const number = column[i];
      const text = number === undefined || number === null ? "–" : (series.format ?? count)(number);
      if (value.textContent !== text) {
        value.textContent = text;
      }
    });
  }

  resize() {
    const width = this.place.clientWidth;
    if (width > 0 && width !== this.plot.width) {
      this.plot.setSize({ width, height: 152 });
    }
  }
}

const money = amount => `$${amount.toLocaleString("en-US", { maximumSignificantDigits: 3 })}`;

const shortDuration = seconds =>
  seconds >= 3600 ? `${+(seconds / 3600).toFixed(1)} h` : seconds >= 60 ? `${+(seconds / 60).toFixed(1)} min` : `${seconds} s`;

/** All charts; the view says which time they show. */
export class Charts {
  constructor(parent, view) {
    this.charts = CHARTS.map(definition => new Chart(definition, parent, view));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.charts.forEach(chart => chart.draw()));
  }

  /** @param withoutPrice what is not in the sum of what was paid, which would look cheap without a word about it */
  update(series, room, withoutPrice) {
    const paid = this.charts.at(-1).values[1].label;
    paid.textContent = withoutPrice.length ? `Paid, without ${withoutPrice.join(", ")}` : "Paid";
    const { columns } = series;
    const sum = (a, b) => a.map((value, i) => value + b[i]);
    const derived = {
      ...columns,
      starting: sum(columns.SPOTSTARTING, columns.ON_DEMANDSTARTING),
      disconnected: sum(columns.SPOTDISCONNECTED, columns.ON_DEMANDDISCONNECTED),
    };
    for (const chart of this.charts) {
      if (chart.definition.room) {
        chart.update(room.at, room.columns);
      } else {
        chart.update(series.at, derived);
      }
    }
  }
}
