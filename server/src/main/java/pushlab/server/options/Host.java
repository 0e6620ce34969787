package pushlab.server.options;

import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;

/// Reads a host's name or address. An IPv6 address may be in brackets, as in a URL.
final class Host implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    String host = text.matches("\\[.*:.*]") ? text.substring(1, text.length() - 1) : text;
    boolean hasPort = host.matches("[^:]*:[^:]*");
    if (host.isBlank() || hasPort || host.matches(".*[/\\[\\]].*")) {
      throw new CommandLine.TypeConversionException(
          "'%s' is no name or address alone, such as 0.0.0.0 or ::1".formatted(text));
    }
    return host;
  }
}
