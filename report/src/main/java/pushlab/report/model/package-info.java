/// What a workload that was not measured would cost, and what theory says of it.
@NullMarked
package pushlab.report.model;

import org.jspecify.annotations.NullMarked;
