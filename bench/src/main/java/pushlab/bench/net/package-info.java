/// Servers elsewhere, as every command meets them: their addresses, why one cannot be reached, and
/// what of their words may be printed.
@NullMarked
package pushlab.bench.net;

import org.jspecify.annotations.NullMarked;
