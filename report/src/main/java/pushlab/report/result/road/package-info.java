/// What was seen of the proxies between clients and server, as a file of a run keeps it.
@NullMarked
package pushlab.report.result.road;

import org.jspecify.annotations.NullMarked;
