import { Trouble } from '../wire.js';

/**
 * Opens a connection by `open`, as `network.connect` has it, and hands each answer that comes on it over to `take`,
 * the first when it is open. Resolves when the signal is aborted. Rejects when the connection ends, or with what
 * `take` throws. Closes the connection in each case.
 */
export async function stream(open, { network, signal, take }) {
  let connection;
  try {
    await new Promise((resolve, reject) => {
      const takeOrFail = (answer) => {
        try {
          take(answer);
        } catch (failure) {
          reject(failure);
        }
      };
      let opened = false;
      connection = network.connect(open, {
        open(around) {
          opened = true;
          takeOrFail({ code: 'open', body: '', around });
        },
        message: (body, around) => takeOrFail({ code: 'message', body, around }),
        end: (facts) => reject(facts instanceof Trouble ? facts : new Trouble(opened ? 'cut' : 'refused', facts)),
      });
      signal.addEventListener('abort', resolve, { once: true });
    });
  } finally {
    connection?.close();
  }
}
