/// The usual ways to let threads wait for the next version of a value, side by side: six files of
/// one shape, so that the diff of two is the lesson. All are correct; they differ in what a wait,
/// a wake-up and a time-out cost. What each costs here is in `docs/method.md`.
@NullMarked
package pushlab.bench.jmh.ways;

import org.jspecify.annotations.NullMarked;
