@NullMarked
package pushlab.report.model;

import org.jspecify.annotations.NullMarked;
