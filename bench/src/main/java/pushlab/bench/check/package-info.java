/// The conformance check: whether a server keeps the contract.
@NullMarked
package pushlab.bench.check;

import org.jspecify.annotations.NullMarked;
