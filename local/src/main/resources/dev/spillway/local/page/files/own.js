// The charts of what no metric of CloudWatch tells: what runs where, and what it costs.

import { Chart, onScheme } from "./chart.js";
import { capacity, dollars } from "./format.js";

const money = amount => `$${amount.toLocaleString("en-US", { maximumSignificantDigits: 3 })}`;

const on = (name, color) => ({ name, label: capacity(name), color, axis: "left" });
const cost = (name, label, color, filled) =>
  ({ name, label, color, filled, axis: "left", format: dollars, axisFormat: money });

const CHARTS = [
  {
    title: "Tasks on each capacity type now", stacked: true, annotations: [], latest: 1,
    series: [
      on("EC2", "--spot"), on("EC2_SPOT", "--spot-soft"), on("EC2_ON_DEMAND", "--on-demand"), on("FARGATE", "--fargate"),
      on("FARGATE_SPOT", "--fargate-soft"), on("LAMBDA", "--lambda"),
    ],
  },
  {
    title: "Paid for containers, US dollars", stacked: false, annotations: [], latest: 1,
    series: [
      cost("fargateAlone", "Fargate alone would be", "--fargate", false),
      cost("paid", "Paid", "--spot", true),
    ],
  },
];

export class OwnCharts {
  constructor(parent, view) {
    this.charts = CHARTS.map(definition => new Chart(definition, parent, view));
    onScheme(() => this.charts.forEach(chart => chart.draw()));
  }

  /** @param withoutPrice what is not in the sum of what was paid, which would look cheap without a word about it */
  update({ at, columns }, withoutPrice) {
    const paid = this.charts.at(-1).items[1].label;
    paid.textContent = withoutPrice.length ? `Paid, without ${withoutPrice.join(", ")}` : "Paid";
    for (const chart of this.charts) {
      chart.update(at, chart.definition.series.map(series => columns[series.name]));
    }
  }
}
