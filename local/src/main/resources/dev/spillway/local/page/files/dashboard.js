// The dashboard of the template, as the CloudWatch console lays it out: a grid of 24 columns, one chart for each widget.

import { Chart, onScheme } from "./chart.js";

const COLORS = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5", "--line-6", "--line-7", "--line-8"];

/** Periods back from now whose value may still be called the latest: the last full one, and what publishes a moment late. */
const LATEST = 3;

const look = ({ lines, start, ...widget }) => JSON.stringify([widget, lines.map(({ values, ...line }) => line)]);

const definition = widget => ({
  title: widget.title,
  stacked: widget.stacked,
  annotations: widget.annotations,
  latest: 2 * LATEST,
  series: widget.lines.map((line, i) => ({ label: line.label, axis: line.axis, color: COLORS[i % COLORS.length] })),
});

/** A value holds for the whole of its period, so it is drawn from its beginning to its end. */
function drawn({ start, period, lines }) {
  const periods = Math.max(0, ...lines.map(line => line.values.length));
  const at = [];
  for (let i = 0; i < periods; i++) {
    at.push(start + i * period, start + (i + 1) * period - 1);
  }
  const columns = lines.map(({ values }) =>
    (values.length ? values.flatMap(value => [value, value]) : new Array(2 * periods).fill(null)));
  return { at, columns };
}

export class Dashboard {
  constructor(parent, view) {
    this.parent = parent;
    this.view = view;
    this.charts = [];
    this.look = "";
    onScheme(() => this.charts.forEach(chart => chart.draw?.()));
  }

  update(widgets) {
    const news = JSON.stringify(widgets.map(look));
    if (news !== this.look) {
      this.look = news;
      this.lay(widgets);
    }
    widgets.forEach((widget, i) => {
      const { at, columns } = drawn(widget);
      this.charts[i].update?.(at, columns);
    });
  }

  /** Anew: the template has changed, or CloudWatch has refused something. */
  lay(widgets) {
    this.charts.forEach(chart => chart.remove());
    this.charts = widgets.map(widget => {
      const chart = widget.refused ? this.refusal(widget) : new Chart(definition(widget), this.parent, this.view);
      chart.figure.style.gridColumn = `${widget.x + 1} / span ${widget.width}`;
      chart.figure.style.gridRow = `${widget.y + 1} / span ${widget.height}`;
      return chart;
    });
    // In one column they follow each other as they would be read.
    const reading = widgets.map((_, i) => i).sort((a, b) => widgets[a].y - widgets[b].y || widgets[a].x - widgets[b].x);
    this.parent.append(...reading.map(i => this.charts[i].figure));
  }

  refusal(widget) {
    const figure = Object.assign(document.createElement("figure"), { className: "card chart" });
    const title = Object.assign(document.createElement("h2"), { textContent: widget.title });
    const sentence = Object.assign(document.createElement("p"), { className: "muted", textContent: widget.refused });
    figure.append(title, sentence);
    this.parent.append(figure);
    return { figure, remove: () => figure.remove() };
  }
}
