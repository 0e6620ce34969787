@NullMarked
package pushlab.bench.text;

import org.jspecify.annotations.NullMarked;
