package pushlab.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.report.text.Language.ENGLISH;
import static pushlab.report.text.Language.FRENCH;

import org.junit.jupiter.api.Test;
import pushlab.report.stat.Interval;

class TextTest {

  @Test
  void keepsThreeDigits() {
    assertThat(Text.significant(0.012345, ENGLISH)).isEqualTo("0.0123");
    assertThat(Text.significant(1.2, ENGLISH)).isEqualTo("1.20");
    assertThat(Text.significant(99.96, ENGLISH)).isEqualTo("100");
    assertThat(Text.significant(1234.5, ENGLISH)).isEqualTo("1,235");
    assertThat(Text.significant(0, ENGLISH)).isEqualTo("0");
    assertThat(Text.significant(Double.NaN, ENGLISH)).isEqualTo("not known");
  }

  @Test
  void choosesTheUnitOfADuration() {
    assertThat(Text.micros(999, ENGLISH)).isEqualTo("999 µs");
    assertThat(Text.micros(1234.0, ENGLISH)).isEqualTo("1.23 ms");
    assertThat(Text.micros(2_500_000, ENGLISH)).isEqualTo("2.50 s");
    assertThat(Text.micros(-14_729.0, ENGLISH)).isEqualTo("-14.7 ms");
  }

  @Test
  void namesTheUnitOfARangeOnce() {
    assertThat(range(1200, 1300)).isEqualTo("1.20 to 1.30 ms");
    assertThat(range(900, 1300)).isEqualTo("900 µs to 1.30 ms");
    assertThat(range(147, 147.1)).isEmpty();
  }

  @Test
  void writesFractionsWithTheLanguagesOwnSeparators() {
    assertThat(Text.significant(0.012345, FRENCH)).isEqualTo("0,0123");
    assertThat(Text.number(0.2, FRENCH)).isEqualTo("0,2");
    assertThat(Text.number(100, FRENCH)).isEqualTo("100");
    assertThat(Text.count(12_345, FRENCH)).isEqualTo("12\u202f345");
    assertThat(Text.mib(2048, FRENCH)).isEqualTo("2,00 Mio");
  }

  private static String range(double low, double high) {
    return Text.range(new Interval(low, high), Text::micros, ENGLISH);
  }
}
