package pushlab.report.text;

import java.util.List;
import java.util.function.Function;

/// A column of a table: its head and what it shows of a row's subject, in one place.
public record Column<T>(Phrase head, Function<T, Phrase> value) {

  /// The column whose head is the text of `key`.
  public static <T> Column<T> of(String key, Function<T, Phrase> value) {
    return new Column<>(Phrase.of(key), value);
  }

  /// The heads of all `columns`, in their order.
  public static <T> List<Phrase> heads(List<Column<T>> columns) {
    return columns.stream().map(Column::head).toList();
  }

  /// What each of `columns` shows of `subject`, in their order.
  public static <T> List<Phrase> row(List<Column<T>> columns, T subject) {
    return columns.stream().map(column -> column.value().apply(subject)).toList();
  }
}
