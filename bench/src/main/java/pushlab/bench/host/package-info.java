/// What is measured on: the machine, the server's process, the processes beside it.
@NullMarked
package pushlab.bench.host;

import org.jspecify.annotations.NullMarked;
