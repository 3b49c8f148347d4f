// The table of tasks, and the record of one. Everything that came with a message is written as text, never as markup.

import { capacity, dayAndTime, duration, sent, status } from "./format.js";

const STATUSES = ["LAUNCHING", "WAITING", "PLACED", "RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "REJECTED"];
const SHOWN = 100;
const element = id => document.getElementById(id);

function text(tag, content, className) {
  const made = document.createElement(tag);
  made.textContent = content;
  if (className) {
    made.className = className;
  }
  return made;
}

const state = name => text("span", status(name), `status ${status(name).replaceAll(" ", "_")}`);

function cell(content, className) {
  const made = text("td", content, className);
  made.title = content;
  return made;
}

/** The table, which is asked anew for what the filter says. */
export class Tasks {
  constructor(fetchJson, changed) {
    this.fetchJson = fetchJson;
    this.shown = "";
    for (const name of STATUSES) {
      element("status").append(Object.assign(document.createElement("option"), { value: name, textContent: status(name) }));
    }
    element("filter").addEventListener("submit", event => event.preventDefault());
    element("filter").addEventListener("input", changed);
    element("rows").addEventListener("click", event => {
      const row = event.target.closest("tr");
      if (row && !getSelection().toString()) {
        location.hash = `task=${encodeURIComponent(row.dataset.task)}`;
      }
    });
  }

  async update(now) {
    const query = new URLSearchParams({ limit: SHOWN, status: element("status").value, prefix: element("prefix").value.trim() });
    const { tasks } = await this.fetchJson(`/api/tasks?${query}`);
    const filtered = query.get("status") || query.get("prefix");
    element("no-rows").hidden = tasks.length > 0;
    element("no-rows").textContent = filtered ? "No task like this." : "No task yet.";
    const news = JSON.stringify([tasks, now]);
    if (news !== this.shown) {
      this.shown = news;
      this.fill(tasks, now);
    }
  }

  /** Rows are kept where their task stays, so that neither the focus nor a selection is lost. */
  fill(tasks, now) {
    const rows = element("rows");
    const wanted = new Set(tasks.map(task => task.taskId));
    [...rows.children].filter(row => !wanted.has(row.dataset.task)).forEach(row => row.remove());
    const known = new Map([...rows.children].map(row => [row.dataset.task, row]));
    tasks.forEach((task, i) => {
      let row = known.get(task.taskId);
      const key = JSON.stringify([task, task.stoppedAt ? 0 : now]);
      if (!row) {
        row = document.createElement("tr");
        row.dataset.task = task.taskId;
      }
      if (row.dataset.key !== key) {
        row.dataset.key = key;
        this.write(row, task, now);
      }
      if (rows.children[i] !== row) {
        rows.insertBefore(row, rows.children[i] ?? null);
      }
    });
  }

  write(row, task, now) {
    // The tasks were asked for a moment after the time was: what began since then has a time below zero.
    const began = task.startedAt ?? (task.stoppedAt ? undefined : now);
    const ran = task.startedAt && duration(Math.max(0, (task.stoppedAt ?? now) - task.startedAt) / 1000);
    const explained = task.status !== "SUCCEEDED" ? task.reason ?? "" : "";
    const cells = [
      cell(task.status === "REJECTED" || began === undefined ? "" : duration(Math.max(0, began - task.createdAt) / 1000), "number"),
      cell(ran || "", "number"),
      cell(explained),
    ];
    if (!row.firstChild) {
      const open = text("button", task.taskId, "open");
      open.type = "button";
      open.title = task.taskId;
      row.append(document.createElement("td"));
      row.firstChild.append(open);
    }
    while (row.children.length > 1) {
      row.lastChild.remove();
    }
    const where = document.createElement("td");
    where.append(state(task.status));
    row.append(where, cell(task.capacityType ? capacity(task.capacityType) : ""), cell(sent(task.createdAt, now)), ...cells);
  }
}

const FACTS = [
  ["Reason", record => record.reason],
  ["Ran on", record => record.capacityType && capacity(record.capacityType)],
  ["Exit code", record => record.exitCode],
  ["Attempt", record => record.request && `${record.attempt} of ${record.request.retry.attempts}`],
  ["Launches", record => record.launch || undefined],
  ["Lost runs", record => record.losses || undefined],
  ["Sent", record => time(record.createdAt)],
  ["Placed", record => time(record.placedAt)],
  ["Started", record => time(record.startedAt)],
  ["Ended", record => time(record.stoppedAt)],
  ["Waited", record => seconds(record.waitSeconds)],
  ["Ran", record => seconds(record.runSeconds)],
  ["ECS task or request", record => record.taskArn],
  ["Container instance", record => record.containerInstanceArn],
];

const REQUEST = [
  ["Task definition", request => request.taskDefinition],
  ["Function", request => request.function],
  ["Fallback chain", request => request.capacity?.map(capacity).join(", ")],
  ["CPU units", request => request.cpu],
  ["Memory", request => request.memory && `${request.memory} MiB`],
  ["Priority", request => request.priority || undefined],
  ["Timeout", request => request.timeout],
  ["Wait deadline", request => request.waitDeadline],
];

const time = instant => instant && dayAndTime(Date.parse(instant));
const seconds = number => (number === undefined ? undefined : duration(number));

function facts(definitions, from) {
  const list = document.createElement("dl");
  list.className = "facts";
  for (const [label, read] of definitions) {
    const value = read(from);
    if (value !== undefined && value !== null && value !== "") {
      list.append(text("dt", label), text("dd", String(value)));
    }
  }
  return list;
}

function history(entries) {
  const list = document.createElement("ol");
  list.className = "steps";
  for (const entry of entries.toReversed()) {
    const item = document.createElement("li");
    item.append(text("span", time(entry.at), "muted"), state(entry.status), text("span", entry.what, "what"));
    list.append(item);
  }
  return list;
}

/** The record of the task that the address names. */
export class RecordView {
  constructor(fetchJson) {
    this.fetchJson = fetchJson;
    this.dialog = element("record");
    this.dialog.addEventListener("close", () => window.history.replaceState(null, "", location.pathname));
    this.dialog.addEventListener("click", event => event.target === this.dialog && this.dialog.close());
    addEventListener("hashchange", () => this.update());
  }

  get taskId() {
    return new URLSearchParams(location.hash.slice(1)).get("task");
  }

  async update() {
    const { taskId } = this;
    if (!taskId) {
      this.dialog.close();
      return;
    }
    element("record-title").textContent = taskId;
    if (!this.dialog.open) {
      element("record-body").textContent = "";
      this.shown = "";
      this.dialog.showModal();
    }
    const record = await this.fetchJson(`/api/tasks/${encodeURIComponent(taskId)}`).catch(() => undefined);
    if (taskId !== this.taskId) {
      return;
    }
    const news = JSON.stringify(record ?? "none");
    if (news !== this.shown) {
      this.shown = news;
      this.fill(record);
    }
  }

  fill(record) {
    const body = element("record-body");
    if (!record) {
      body.replaceChildren(text("p", "There is no record of this task now.", "muted"));
      return;
    }
    const top = document.createElement("p");
    top.append(state(record.status));
    const parts = [top, facts(FACTS, record)];
    if (record.request) {
      parts.push(text("h3", "Asked for"), facts(REQUEST, record.request));
    }
    parts.push(text("h3", "History, newest first"), history(record.history));
    body.replaceChildren(...parts);
  }
}
