/// A run: the cells of a plan, measured in rounds against one server, and what is recorded of each.
@NullMarked
package pushlab.bench.run;

import org.jspecify.annotations.NullMarked;
