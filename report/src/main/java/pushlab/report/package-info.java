/// A run's results made readable: one HTML page, one Markdown page, one JSON file.
@NullMarked
package pushlab.report;

import org.jspecify.annotations.NullMarked;
