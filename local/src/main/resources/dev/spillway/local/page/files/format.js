// How the page writes times, durations, money and words.

let timeZone;

/** A simulated world has its own day, which is UTC; a real one has the reader's. */
export function useSimulatedTime(simulated) {
  timeZone = simulated ? "UTC" : undefined;
}

/** The date as uPlot's axis is to see it. */
export function zoned(seconds) {
  const date = new Date(seconds * 1000);
  return timeZone ? uPlot.tzDate(date, timeZone) : date;
}

const formats = new Map();

function format(millis, options) {
  const key = JSON.stringify([timeZone, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", ...options }));
  }
  return formats.get(key).format(millis);
}

const TIME = { hour: "2-digit", minute: "2-digit", second: "2-digit" };
const DAY = { day: "numeric", month: "short" };

export const timeOfDay = millis => format(millis, TIME);
export const hourAndMinute = millis => format(millis, { hour: "2-digit", minute: "2-digit" });
export const day = millis => format(millis, DAY);
export const dayAndTime = millis => `${day(millis)}, ${timeOfDay(millis)}`;

/** Without the day, if it is today's. */
export const sent = (millis, now) => (day(millis) === day(now) ? timeOfDay(millis) : dayAndTime(millis));

export function duration(seconds) {
  const s = Math.round(seconds);
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min${s % 60 ? ` ${s % 60} s` : ""}`;
  }
  const minutes = Math.round(s / 60);
  return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ""}`;
}

export function dollars(amount) {
  const digits = amount === 0 || amount >= 1 ? 2 : amount >= 0.01 ? 3 : 5;
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

export const count = number => number.toLocaleString("en-US");

/** A value of any metric: small ones with a fraction. */
export const number = value =>
  value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0 });

/** The same beside an axis, where there is little room. */
export const shortNumber = value =>
  (Math.abs(value) < 10000 ? number(value) : value.toLocaleString("en-US", { notation: "compact", maximumFractionDigits: 1 }));

const CAPACITY = {
  EC2: "EC2", EC2_SPOT: "EC2 Spot", EC2_ON_DEMAND: "EC2 on-demand", FARGATE: "Fargate", FARGATE_SPOT: "Fargate Spot",
  LAMBDA: "Lambda",
};

export const capacity = type => CAPACITY[type] ?? type;
export const status = name => name.toLowerCase().replaceAll("_", " ");
