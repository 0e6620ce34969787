import { asksAfterEachAnswer, asksAtIntervals } from './transports/transports.js';

/**
 * The mean delivery time over one transport as theory has it, in milliseconds, where the network alone takes time.
 * News that finds no question waits for the next one, and then everything takes one transit, half a round trip.
 * Updates come `perSecond` times a second at equal intervals; one that is overtaken is not delivered.
 */
export function meanDelivery(transport, { roundTripMs, interval, perSecond }) {
  const transit = roundTripMs / 2;
  const betweenUpdates = 1_000 / perSecond;
  if (asksAtIntervals(transport)) {
    return Math.min(interval + roundTripMs, betweenUpdates) / 2 + transit;
  }
  const waits = asksAfterEachAnswer(transport) && betweenUpdates < roundTripMs;
  return (waits ? betweenUpdates / 2 : 0) + transit;
}
