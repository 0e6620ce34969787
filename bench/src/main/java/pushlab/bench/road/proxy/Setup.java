package pushlab.bench.road.proxy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What one proxy is started with.
///
/// @param files the text of each file, by its name
/// @param command starts the proxy in the foreground
/// @param elsewhere what the proxy writes outside its folder
record Setup(Map<String, String> files, List<String> command, List<Path> elsewhere) {

  Setup {
    elsewhere = List.copyOf(elsewhere);
    files = Map.copyOf(files);
    command = List.copyOf(command);
  }

  /// One file of that name, and a command line.
  static Setup of(String name, String text, Path program, String... arguments) {
    return new Setup(
        Map.of(name, text), command(List.of(program.toString()), arguments), List.of());
  }

  /// The same for a proxy that writes `elsewhere` too.
  Setup writing(List<Path> elsewhere) {
    return new Setup(files, command, elsewhere);
  }

  /// That command with more arguments.
  static List<String> command(List<String> command, String... arguments) {
    return Stream.concat(command.stream(), Stream.of(arguments)).toList();
  }
}
