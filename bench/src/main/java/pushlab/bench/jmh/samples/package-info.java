/// Common mistakes in benchmarks, each beside its right form, after JMH's own samples. Run them
/// with `./lab jmh samples` to see how wrong the numbers are. None of them measures the server.
///
/// @see <a href="https://github.com/openjdk/jmh/tree/master/jmh-samples">JMH's samples</a>
@NullMarked
package pushlab.bench.jmh.samples;

import org.jspecify.annotations.NullMarked;
