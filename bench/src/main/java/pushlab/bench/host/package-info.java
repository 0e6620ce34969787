/// The machine that runs a measurement, and the processes on it.
@NullMarked
package pushlab.bench.host;

import org.jspecify.annotations.NullMarked;
