package pushlab.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import pushlab.bench.host.Reason;
import pushlab.bench.net.Printable;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.report.result.Delivery;
import pushlab.report.result.Transport;
import pushlab.report.text.Language;

/// The `lab` command line. The launcher itself handles `test` and a `serve` of one server.
@Command(
    name = "./lab",
    mixinStandardHelpOptions = true,
    subcommands = {
      CompareCommand.class,
      VersusCommand.class,
      CheckCommand.class,
      ProxiesCommand.class,
      HerdCommand.class,
      JmhCommand.class,
      GatlingCommand.class,
      ReportCommand.class,
      ErrorRateCommand.class,
      ServeCommand.class,
      TrainCommand.class
    })
public final class Lab {

  private static final Pattern VARIABLE = Pattern.compile("\\[(\\w+)]");

  private Lab() {}

  /// Exits with 0 on success, 1 on a failure, and 2 if `args` are wrong.
  public static void main(String... args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(
        new CommandLine(new Lab())
            .registerConverter(Transport.class, id -> named(Transport::of, id))
            .registerConverter(Delivery.class, id -> named(Delivery::of, id))
            .registerConverter(Duration.class, Lab::time)
            .registerConverter(Language.class, LanguageOption::of)
            .setParameterExceptionHandler(Lab::wrongOption)
            .setExecutionExceptionHandler(
                (e, command, _) -> {
                  Language language = LanguageOption.of(command);
                  String why = e instanceof SaidException said ? said.in(language) : Reason.of(e);
                  command.getErr().println(Texts.of("error", Printable.brief(why)).in(language));
                  return 1;
                })
            .execute(args));
  }

  /// Prints what is wrong with the arguments, and how to list the options.
  static int wrongOption(ParameterException e, String... args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(variable(e, args).map(it -> it + ": ").orElse("") + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.printf(
        "%s --help lists the %s%n",
        command.getCommandSpec().qualifiedName(),
        command.getSubcommands().isEmpty() ? "options" : "commands");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /// The environment variable that the wrong value came from, if it did. The option's description
  /// names the variable in brackets.
  private static Optional<String> variable(ParameterException e, String... args) {
    return e.getArgSpec() instanceof OptionSpec option
            && Stream.of(args).noneMatch(it -> it.startsWith(option.longestName()))
        ? VARIABLE
            .matcher(String.join(" ", option.description()))
            .results()
            .map(found -> found.group(1))
            .filter(it -> System.getenv(it) != null)
            .findFirst()
        : Optional.empty();
  }

  private static <T> T named(Function<String, T> of, String id) {
    try {
      return of.apply(id);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  /// The time that `text` gives as a number and its unit.
  static Duration time(String text) {
    try {
      return text.endsWith("ms")
          ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
          : Duration.parse("PT" + text);
    } catch (NumberFormatException | DateTimeParseException _) {
      throw new TypeConversionException(
          "'%s' is not a time; a time is a number and its unit, such as 500ms, 2s or 1m"
              .formatted(text));
    }
  }
}
