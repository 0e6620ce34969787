package pushlab.server.options;

import picocli.CommandLine;

/// Checks the values of options.
final class Range {

  private Range() {}

  /// Returns if `option` is in its `range`, which is so if `holds`.
  ///
  /// @throws CommandLine.ParameterException if it is not
  static void require(CommandLine command, boolean holds, String option, String range) {
    if (!holds) {
      throw new CommandLine.ParameterException(command, option + " must be " + range);
    }
  }
}
