@NullMarked
package pushlab.bench.run;

import org.jspecify.annotations.NullMarked;
