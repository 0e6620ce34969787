import { Trouble } from '../wire.js';

/**
 * Opens a connection by `open`, which `network.connect` describes. Gives `take` one answer without a body when the
 * connection is open, and one for each message. Resolves when the signal is aborted. Rejects when the connection
 * ends, or with what `take` throws. Closes the connection in each case.
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
