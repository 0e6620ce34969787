/// What every command needs for a server elsewhere: its address, why it cannot be reached, and how
/// to print its text safely.
@NullMarked
package pushlab.bench.net;

import org.jspecify.annotations.NullMarked;
