import { exchange } from './wire.js';

/** Asks the server to give the task another status. Rejects with a Trouble if it did not. */
export async function updateStatus({ url, task, status }) {
  await exchange(new URL('update-status', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ task, status }),
    atMost: 10_000,
  });
}
