package pushlab.report.text;

/// How a number is written, with its unit.
@FunctionalInterface
public interface Format {

  /// `value` as `language` writes it.
  String write(double value, Language language);
}
