/// The delivery clock: N subscribers, one publisher, one histogram.
@NullMarked
package pushlab.bench.watch;

import org.jspecify.annotations.NullMarked;
