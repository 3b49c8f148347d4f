// One chart: lines or a stack of areas over time, with a legend that says the values at the cursor, or else the latest.

import { day, hourAndMinute, number, shortNumber, timeOfDay, zoned } from "./format.js";

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000, 1000000];
const SMALL_STEPS = [0.00001, 0.0001, 0.001, 0.01, 0.1].flatMap(step => [step, 2 * step, 5 * step]).concat(STEPS);
// As uPlot's own, with two minutes: from one straight to five, a narrow chart had one label only.
const TIME_STEPS = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600, 28800, 43200, 86400];
const EMPTY_RANGE = 2;
const AIR = 1.12;

const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** An opaque mixture: what lies behind must not shine through, or the colors of a stack would not be those of its legend. */
function soft(color) {
  const parts = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
  const back = parts(style("--card"));
  const mixed = parts(color).map((part, i) => Math.round(part * 0.42 + back[i] * 0.58));
  return `rgb(${mixed.join(" ")})`;
}

/** The sums of the layers up to each, side by side for each axis. A layer without a value adds nothing, and has a gap. */
function stack(layers, series) {
  const sums = { left: [], right: [] };
  return layers.map((layer, n) => {
    const below = sums[series[n].axis];
    return layer.map((value, i) => (value === null ? null : (below[i] = (below[i] ?? 0) + value)));
  });
}

function timeLabels(plot, splits) {
  const step = splits.length > 1 ? splits[1] - splits[0] : 60;
  return splits.map((seconds, i) => {
    const millis = seconds * 1000;
    const midnight = step >= 3600 && hourAndMinute(millis) === "00:00";
    return midnight && i > 0 ? day(millis) : step < 60 ? timeOfDay(millis) : hourAndMinute(millis);
  });
}

const made = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

/**
 * The definition has a title, series (label, axis "left" or "right", color, and format, if it is no plain number),
 * annotations (label, value, axis), whether it is stacked, and how many of the last values may be the latest.
 */
export class Chart {
  constructor(definition, parent, view) {
    this.definition = definition;
    this.view = view;
    this.at = [];
    this.raw = [];
    this.figure = made("figure", "card chart");
    this.when = made("span", "muted");
    this.title = made("h2", "", definition.title);
    this.title.append(" ", this.when);
    this.legend = made("ul", "chart-legend");
    this.place = made("div", "plot");
    this.figure.append(this.title, this.legend, this.place);
    parent.append(this.figure);
    this.items = definition.series.map(series => this.legendItem(series));
    this.draw();
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.place);
  }

  legendItem(series) {
    const item = document.createElement("li");
    const swatch = made("i", this.definition.stacked ? "" : "line");
    const label = made("span", "", series.label);
    const value = document.createElement("b");
    item.append(swatch, label, " ", value);
    if (this.definition.series.some(other => other.axis !== series.axis)) {
      item.title = `${series.axis} axis`;
    }
    this.legend.append(item);
    return { swatch, label, value };
  }

  remove() {
    this.observer.disconnect();
    this.plot.destroy();
    this.figure.remove();
  }

  size() {
    return { width: Math.max(this.place.clientWidth, 120), height: Math.max(this.place.clientHeight, 80) };
  }

  /** Anew with the colors of the present scheme. */
  draw() {
    this.plot?.destroy();
    const { series, stacked } = this.definition;
    // The highest sum is drawn first, and the lower ones over it: so a layer of nothing is hidden by the one below.
    this.order = series.map((_, i) => (stacked ? series.length - 1 - i : i));
    const sides = ["left", "right"].filter(side => side === "left" || series.some(one => one.axis === side));
    this.plot = new uPlot({
      ...this.size(),
      padding: [8, sides.length > 1 ? 0 : 22, 0, 0],
      tzDate: zoned,
      legend: { show: false },
      cursor: {
        y: false, drag: { x: false, y: false }, sync: { key: "time", scales: ["x", null] },
        points: { size: 6 },
      },
      hooks: { setCursor: [plot => this.tell(plot.cursor.idx)], draw: [plot => this.annotate(plot)] },
      scales: {
        x: { time: true, range: () => this.view.window() },
        ...Object.fromEntries(sides.map(side => [side, { range: (_, min, max) => this.range(side, min, max) }])),
      },
      axes: [this.timeAxis(), ...sides.map(side => this.valueAxis(side))],
      series: [{}, ...this.order.map(i => this.drawn(series[i]))],
    }, [[], ...series.map(() => [])], this.place);
    series.forEach((one, i) => {
      this.items[i].swatch.style[stacked ? "background" : "borderTopColor"] = style(one.color);
    });
    this.show();
  }

  axis() {
    return { stroke: style("--muted"), ticks: { show: false }, font: "11px system-ui, sans-serif" };
  }

  timeAxis() {
    return { ...this.axis(), grid: { show: false }, values: timeLabels, incrs: TIME_STEPS, space: 66, size: 26, gap: 6 };
  }

  valueAxis(side) {
    const own = this.definition.series.find(one => one.axis === side)?.axisFormat;
    const format = own ?? shortNumber;
    return {
      ...this.axis(), scale: side, side: side === "left" ? 3 : 1, size: own ? 66 : 48, gap: 4, space: 26,
      grid: { show: side === "left", stroke: style("--line"), width: 1 },
      incrs: (plot, axis, min, max) => (max - min > EMPTY_RANGE ? STEPS : SMALL_STEPS),
      values: (_, splits) => splits.map(format),
    };
  }

  /** From nothing to a little more than the largest value; what is marked on the axis is to be seen, too. */
  range(side, min, max) {
    const marks = this.definition.annotations.filter(mark => mark.axis === side).map(mark => mark.value);
    const least = Math.min(0, min ?? 0, ...marks);
    const most = Math.max(0, max ?? 0, ...marks);
    return [least * AIR, most === 0 ? EMPTY_RANGE : most * AIR];
  }

  drawn(series) {
    const color = style(series.color);
    return {
      scale: series.axis,
      stroke: color,
      width: 1.5,
      fill: this.definition.stacked || series.filled ? soft(color) : undefined,
      points: { show: false, size: 4, fill: color, width: 0, filter: (plot, i) => this.alone(plot, i) },
    };
  }

  /** Values between two gaps that would be too narrow to be seen. */
  alone(plot, seriesIndex) {
    const values = plot.data[seriesIndex];
    const times = plot.data[0];
    const found = [];
    for (let i = 0; i < values.length; i++) {
      if (values[i] !== null && (values[i - 1] ?? null) === null) {
        let end = i;
        while ((values[end + 1] ?? null) !== null) {
          end++;
        }
        if (plot.valToPos(times[end], "x") - plot.valToPos(times[i], "x") < 2) {
          found.push(i);
        }
        i = end;
      }
    }
    return found.length ? found : null;
  }

  annotate(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = style("--bad");
    ctx.lineWidth = uPlot.pxRatio;
    ctx.font = `${11 * uPlot.pxRatio}px system-ui, sans-serif`;
    ctx.textAlign = "right";
    for (const { label, value, axis } of this.definition.annotations) {
      const y = Math.round(plot.valToPos(value, axis, true));
      ctx.setLineDash([5 * uPlot.pxRatio, 4 * uPlot.pxRatio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      this.mark(plot, label, y);
    }
    ctx.restore();
  }

  /** Words above a line, or below it where there is no room, that can be read over whatever is drawn there. */
  mark({ ctx, bbox }, label, y) {
    const pixel = uPlot.pxRatio;
    const height = 14 * pixel;
    const right = bbox.left + bbox.width - 4 * pixel;
    const top = y - bbox.top > height + 2 * pixel ? y - height - pixel : y + 2 * pixel;
    const width = ctx.measureText(label).width;
    ctx.globalAlpha = 0.8;
    ctx.fillStyle = style("--card");
    ctx.fillRect(right - width - 2 * pixel, top, width + 4 * pixel, height);
    ctx.globalAlpha = 1;
    ctx.fillStyle = style("--bad");
    ctx.textBaseline = "middle";
    ctx.fillText(label, right, top + height / 2);
  }

  /** New data: milliseconds, and a column for each series; null is a gap. */
  update(at, columns) {
    this.at = at;
    this.raw = columns;
    this.show();
  }

  show() {
    const { series, stacked } = this.definition;
    const columns = series.map((_, i) => this.raw[i] ?? []);
    const drawn = stacked ? stack(columns, series) : columns;
    this.plot.setData([this.at.map(millis => millis / 1000), ...this.order.map(i => drawn[i])]);
    this.tell(this.plot.cursor.idx);
  }

  /** Says the values at an index, or the latest. */
  tell(index) {
    const hovered = index !== null && index !== undefined && this.at[index] !== undefined;
    const when = hovered ? hourAndMinute(this.at[index]) : "";
    if (this.when.textContent !== when) {
      this.when.textContent = when;
    }
    this.definition.series.forEach((series, n) => {
      const value = hovered ? this.raw[n]?.[index] : this.latest(this.raw[n] ?? []);
      const text = value === undefined || value === null ? "–" : (series.format ?? number)(value);
      if (this.items[n].value.textContent !== text) {
        this.items[n].value.textContent = text;
      }
    });
  }

  /** What is long past is not the latest, even if nothing came after it. */
  latest(column) {
    return column.slice(-this.definition.latest).findLast(value => value !== null);
  }

  resize() {
    const { width, height } = this.size();
    if (this.place.clientWidth > 0 && (width !== this.plot.width || height !== this.plot.height)) {
      this.plot.setSize({ width, height });
    }
  }
}

/** Calls back when the reader's scheme of colors changes. */
export function onScheme(redraw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}
