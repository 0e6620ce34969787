package pushlab.server.options;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Reports a wrong option, and where the options are listed.
///
/// @param environment gives the options that the command line does not give; such an option is
///     reported by the name of its variable
public record WrongOption(Map<String, String> environment) implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(named(String.valueOf(e.getMessage()), command, List.of(args)));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println(command.getCommandSpec().qualifiedName() + " --help lists the options");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private String named(String message, CommandLine command, List<String> args) {
    String said = message;
    for (OptionSpec option : command.getCommandSpec().options()) {
      String name = option.longestName();
      String variable = ServerOptions.variable(option);
      boolean given = args.stream().anyMatch(it -> it.equals(name) || it.startsWith(name + "="));
      if (!given && environment.containsKey(variable)) {
        said =
            said.replaceAll(
                "(?<![-\\w])(option )?'?" + Pattern.quote(name) + "(?![-\\w])(=<[^>]*>)?'?",
                variable);
      }
    }
    return said;
  }
}
