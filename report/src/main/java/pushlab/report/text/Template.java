package pushlab.report.text;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fills templates. No text of a run can become markup, and no control character of one reaches a
/// terminal. In a template, `language` is the language's code; the filter `say` gives a phrase,
/// or the text of a key, in that language; the filter `segment` makes a name a segment of a
/// link's path.
public enum Template {
  HTML(Template::html),
  MARKDOWN(Template::markdown);

  private static final String ESCAPING = "own";
  private static final Pattern SPECIAL = Pattern.compile("([\\\\`*_\\[\\]<>&|#~])");
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  @SuppressWarnings("ImmutableEnumChecker") // a function of this class
  private final UnaryOperator<String> escaping;

  Template(UnaryOperator<String> escaping) {
    this.escaping = escaping;
  }

  public String fill(String file, Map<String, @Nullable Object> model, Language language)
      throws IOException {
    var loader = new ClasspathLoader(Template.class.getClassLoader());
    loader.setPrefix("pushlab/report");
    var engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .strictVariables(true)
            .defaultLocale(Locale.ROOT)
            .extension(new Say(language))
            .addEscapingStrategy(ESCAPING, text -> escaping.apply(Text.shown(text)))
            .defaultEscapingStrategy(ESCAPING)
            .build();
    var all = new HashMap<>(model);
    all.put("language", language.id());
    var text = new StringWriter();
    engine.getTemplate(file).evaluate(text, all);
    return text.toString();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String markdown(String text) {
    return LINE_BREAK.matcher(SPECIAL.matcher(text).replaceAll("\\\\$1")).replaceAll(" ");
  }

  private static final class Segment implements Filter {

    @Override
    public List<String> getArgumentNames() {
      return List.of();
    }

    @Override
    public Object apply(
        Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return Text.segment(String.valueOf(input));
    }
  }

  private static final class Say extends AbstractExtension implements Filter {

    private final Language language;

    Say(Language language) {
      this.language = language;
    }

    @Override
    public Map<String, Filter> getFilters() {
      return Map.of("say", this, "segment", new Segment());
    }

    @Override
    public List<String> getArgumentNames() {
      return List.of();
    }

    @Override
    public Object apply(
        Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return input instanceof Phrase phrase
          ? phrase.in(language)
          : language.say(String.valueOf(input));
    }
  }
}
