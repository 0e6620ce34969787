package pushlab.bench;

import java.io.Console;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import pushlab.report.text.Language;
import pushlab.report.text.Screen;

/// `--lang`: the language in which a command speaks.
final class LanguageOption {

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description =
          "The language of the output: en or fr (default: French if LC_ALL, LC_MESSAGES or LANG says"
              + " so, else English).")
  private @Nullable Language given;

  /// The language of the option, or else of the environment.
  Language language() {
    return given == null
        ? ofUser(System.getProperty("pushlab.locale", ""), System.getenv())
        : given;
  }

  /// Standard output, in that language. A pipe or a file is 100 characters wide and has no color.
  Screen screen() {
    return isTerminal()
        ? new Screen(language(), spec.usageMessage().width(), Help.Ansi.AUTO.enabled())
        : new Screen(language(), Screen.PLAIN.columns(), false);
  }

  /// Whether input and output are a terminal.
  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /// The language in which `command` speaks: of its option, if it has one, or else of the
  /// environment.
  static Language of(CommandLine command) {
    OptionSpec option = command.getCommandSpec().findOption("--lang");
    return option != null && option.getValue() instanceof Language chosen
        ? chosen
        : ofUser(System.getProperty("pushlab.locale", ""), System.getenv());
  }

  /// The language of the user.
  ///
  /// @param locale the locale that the launcher found, and may have had to replace in the
  ///     environment; empty if there was none
  static Language ofUser(String locale, Map<String, String> environment) {
    return Language.of(locale.isEmpty() ? environment : Map.of("LC_ALL", locale));
  }

  /// The language of a code.
  ///
  /// @throws TypeConversionException if there is none
  static Language of(String code) {
    return Arrays.stream(Language.values())
        .filter(language -> language.id().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "no language '%s'; there are %s"
                        .formatted(
                            code,
                            Arrays.stream(Language.values())
                                .map(Language::id)
                                .collect(Collectors.joining(", ")))));
  }
}
