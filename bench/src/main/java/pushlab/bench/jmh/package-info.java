/// JMH suites: what one delivery over a real socket costs, and what the state machine behind it
/// costs without any.
@NullMarked
package pushlab.bench.jmh;

import org.jspecify.annotations.NullMarked;
