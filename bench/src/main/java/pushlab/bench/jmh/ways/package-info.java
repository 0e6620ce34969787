/// The usual ways to let threads wait for the next version of a value: six files of the same shape,
/// so that a diff of two shows how they differ. All are correct; they differ in the cost of a wait,
/// a wake-up and a time-out. `docs/method.md` has these costs.
@NullMarked
package pushlab.bench.jmh.ways;

import org.jspecify.annotations.NullMarked;
