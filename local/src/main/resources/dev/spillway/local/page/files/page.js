// Asks the server about once a second, as long as somebody can see the page, and shows what it says.

import { Dashboard } from "./dashboard.js";
import { count, dayAndTime, dollars, duration, status, useSimulatedTime } from "./format.js";
import { OwnCharts } from "./own.js";
import { RecordView, Tasks } from "./tasks.js";

const PERIOD = 1000;

/** Metrics have a value a minute, and a simulated minute is short. */
const DASHBOARD_PERIOD = 4000;
const SIMULATED_DASHBOARD_PERIOD = 2000;
const SHORTEST_WINDOW = 300;
const DAY = 86400;
const MAX_POINTS = 5000;
const element = id => document.getElementById(id);

function put(id, text) {
  if (element(id).textContent !== text) {
    element(id).textContent = text;
  }
}

async function fetchJson(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${path}`);
  }
  return answer.json();
}

const span = () => Number(document.querySelector("input[name=range]:checked").value);

/** What the charts show: the chosen time up to now, but nothing from before there was a system. */
const view = {
  first: 0,
  last: 1,
  window() {
    return [Math.min(Math.max(this.last - span(), this.first), this.last - SHORTEST_WINDOW), this.last];
  },
};

let series;
let own;
let dashboard;
let dashboardAsked = -Infinity;
let simulated;

/** Adds what is new. Now and then everything is asked again, because the server keeps less of what is long past. */
function append(news) {
  if (!series || series.at.length > MAX_POINTS) {
    series = news;
    return;
  }
  series.at = series.at.concat(news.at);
  for (const [name, column] of Object.entries(news.columns)) {
    series.columns[name] = series.columns[name].concat(column);
  }
}

async function updateOwn(now) {
  const whole = !series || series.at.length > MAX_POINTS;
  const from = whole || !series.at.length ? "" : `?from=${series.at.at(-1)}`;
  const news = await fetchJson(`/api/series${from}`);
  if (!from) {
    series = undefined;
  }
  append(news);
  view.first = (series.at[0] ?? now.at) / 1000;
  view.last = now.at / 1000;
  own ??= new OwnCharts(element("own"), view);
  own.update(series, now.spend.containers.withoutPrice);
}

async function updateDashboard() {
  const period = simulated ? SIMULATED_DASHBOARD_PERIOD : DASHBOARD_PERIOD;
  if (performance.now() - dashboardAsked < period) {
    return;
  }
  dashboardAsked = performance.now();
  const { widgets } = await fetchJson(`/api/dashboard?span=${span()}`);
  dashboard ??= new Dashboard(element("dashboard"), view);
  dashboard.update(widgets);
}

const parts = pairs => pairs.filter(([number]) => number > 0).map(([number, words]) => `${count(number)} ${words}`).join(" · ");

const onEc2 = on => on.EC2 + on.EC2_SPOT + on.EC2_ON_DEMAND;

function updateTiles(now) {
  const { tasks, spend } = now;
  put("waiting", count(tasks.WAITING));
  put("waiting-more", tasks.WAITING ? `oldest for ${duration(now.oldestWaitSeconds)}` : "nobody waits for a place");
  put("running", count(tasks.RUNNING + tasks.PLACED));
  put("running-more", parts([
    [onEc2(now.onCapacity), "EC2"], [now.onCapacity.FARGATE + now.onCapacity.FARGATE_SPOT, "Fargate"],
    [now.onCapacity.LAMBDA, "Lambda"],
  ]));
  put("succeeded", count(tasks.SUCCEEDED));
  put("succeeded-more", parts(["FAILED", "TIMED_OUT", "CANCELLED", "REJECTED"].map(name => [tasks[name], status(name)])));
  const of = test => now.instances.filter(test).reduce((sum, same) => sum + same.count, 0);
  put("instances", count(of(() => true)));
  put("instances-more", parts([
    [of(same => same.kind === "SPOT"), "Spot"], [of(same => same.kind === "ON_DEMAND"), "on-demand"],
    [of(same => same.state === "STARTING"), "starting"], [of(same => same.state === "DRAINING"), "draining"],
  ]));
  updateSpend(spend);
}

function updateSpend({ containers, fargateAlone, fargate, spot, onDemand, lambda }) {
  const unknown = [...new Set([...containers.withoutPrice, ...fargateAlone.withoutPrice])];
  put("paid", dollars(containers.dollars) + (containers.withoutPrice.length ? " + ?" : ""));
  if (unknown.length) {
    put("paid-more", `no price known: ${unknown.join(", ")} · Fargate alone ${dollars(fargateAlone.dollars)}`);
    return;
  }
  const saved = fargateAlone.dollars - containers.dollars;
  const percent = fargateAlone.dollars ? Math.round(Math.abs(saved) / fargateAlone.dollars * 100) : 0;
  put("paid-more", fargateAlone.dollars
    ? `Fargate alone ${dollars(fargateAlone.dollars)}: ${percent === 0 ? "about the same" : `${percent} % ${saved >= 0 ? "less paid" : "more paid"}`}`
    : containers.dollars ? "for instances; nothing has run yet" : "nothing has run yet");
  element("paid-more").title = [[spot, "Spot"], [onDemand, "on-demand"], [fargate, "Fargate"], [lambda, "functions (not in the sum)"]]
    .map(([bill, words]) => `${words} ${dollars(bill.dollars)}`).join(", ");
}

/** A simulated day is to be seen as a whole, unless the reader has chosen something else before. */
function beginWith(now) {
  if (simulated === undefined && now.simulatedTime && !rangeChosen) {
    document.querySelector(`input[name=range][value="${DAY}"]`).checked = true;
  }
  simulated = now.simulatedTime;
}

function updateHead(now) {
  useSimulatedTime(now.simulatedTime);
  put("title", now.title);
  put("clock", dayAndTime(now.at));
  put("speed", now.simulatedTime ? `simulated, ${count(now.speed)} × real time` : "");
  put("prices", now.prices);
  const none = Object.values(now.tasks).every(number => number === 0);
  element("empty").hidden = !none || !now.firstTask;
  put("first-task", now.firstTask);
  notice(now.note);
}

function notice(text, bad = false) {
  element("notice").hidden = !text;
  element("notice").classList.toggle("bad", bad);
  put("notice", text);
}

const tasks = new Tasks(fetchJson, () => update());
const record = new RecordView(fetchJson);
let timer;
let rangeChosen = false;
let running = false;
let again = false;

async function update() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  clearTimeout(timer);
  try {
    const now = await fetchJson("/api/now");
    beginWith(now);
    updateHead(now);
    updateTiles(now);
    // First what says which time there is: the dashboard is drawn over the same.
    await Promise.all([updateOwn(now), tasks.update(now.at), record.update()]);
    await updateDashboard();
  } catch (failure) {
    console.warn(failure);
    notice("Spillway does not answer: it was stopped, or is just being started again. What you see is from before.", true);
    series = undefined;
    dashboardAsked = -Infinity;
  }
  running = false;
  if (!document.hidden) {
    timer = setTimeout(update, again ? 0 : PERIOD);
  }
  again = false;
}

element("range").addEventListener("change", () => {
  rangeChosen = true;
  dashboardAsked = -Infinity;
  update();
});
element("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(element("first-task").textContent);
  put("copy", "Copied");
});
document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : update()));
update();
