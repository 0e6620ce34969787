/// Mistakes that are easily made, each beside its right form, after JMH's own samples: run them
/// with `./lab jmh samples` and see by how much the wrong numbers are wrong. Nothing here measures
/// the server.
///
/// @see <a href="https://github.com/openjdk/jmh/tree/master/jmh-samples">JMH's samples</a>
@NullMarked
package pushlab.bench.jmh.samples;

import org.jspecify.annotations.NullMarked;
