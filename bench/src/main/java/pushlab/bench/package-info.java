/// The `lab` command line.
@NullMarked
package pushlab.bench;

import org.jspecify.annotations.NullMarked;
