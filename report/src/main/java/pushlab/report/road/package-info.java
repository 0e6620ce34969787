/// What it means for each transport what was measured of a proxy: values and words.
@NullMarked
package pushlab.report.road;

import org.jspecify.annotations.NullMarked;
