import { pause } from './transports/pace.js';
import { exchange } from './wire.js';

const AT_ONCE = 8;
const KEPT = 64;
/** A page that has just opened is busy, and what it asks then tells little. */
const PAUSES_MS = [1_000, 4_000, 15_000];
const PAUSE_MS = 60_000;
/** A snapshot's time is cut to the millisecond. */
const RESOLUTION_MS = 0.5;

const JUMP_MS = 1_000;

let origin = performance.timeOrigin;

/**
 * This page's clock, in milliseconds since 1970. It runs evenly, whatever is done to the system's, but for a machine
 * that slept: then it is put forward by as much.
 */
export function now() {
  const behind = Date.now() - (origin + performance.now());
  origin += behind > JUMP_MS ? behind : 0;
  return origin + performance.now();
}

/**
 * How far the server's clock is ahead of this page's, in milliseconds, and how wrong that can be at most, as NTP
 * reckons: the server read its clock between the moments `sent` and `received`, so the fastest exchange tells best.
 */
export function estimate(exchanges) {
  const [best] = exchanges.toSorted((a, b) => a.received - a.sent - (b.received - b.sent));
  return {
    offset: best.server - (best.sent + best.received) / 2,
    uncertainty: (best.received - best.sent) / 2 + RESOLUTION_MS,
  };
}

/** Asks the server for its time now and then, until the signal is aborted, and tells `onEstimate` what follows. */
export async function followServerClock({ url, signal, onEstimate }) {
  let exchanges = [];
  for (let times = 0; !signal.aborted; times++) {
    for (let i = 0; i < AT_ONCE; i++) {
      const one = await askTime(url, signal).catch(() => null);
      if (one && !signal.aborted) {
        exchanges = [...exchanges, one].filter((each) => each.origin === origin).slice(-KEPT);
        onEstimate(estimate(exchanges));
      }
    }
    await pause(PAUSES_MS[times] ?? PAUSE_MS, signal);
  }
}

async function askTime(url, signal) {
  const sent = now();
  const { body } = await exchange(new URL('time', url), { atMost: 2_000, signal });
  const received = now();
  const server = timeOf(JSON.parse(body).now);
  return Number.isNaN(server) ? null : { sent, received, server, origin };
}

/** A time as the server writes it, with all its digits, in milliseconds since 1970. */
export function timeOf(text) {
  const [, fraction = ''] = /\.(\d+)Z$/.exec(text) ?? [];
  return Date.parse(text) + Number(`0.${fraction.slice(3) || 0}`);
}
