package pushlab.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void keepsThreeDigits() {
    assertThat(Text.significant(0.012345)).isEqualTo("0.0123");
    assertThat(Text.significant(1.2)).isEqualTo("1.20");
    assertThat(Text.significant(99.96)).isEqualTo("100");
    assertThat(Text.significant(1234.5)).isEqualTo("1,235");
    assertThat(Text.significant(0)).isEqualTo("0");
    assertThat(Text.significant(Double.NaN)).isEqualTo("not known");
  }

  @Test
  void choosesTheUnitOfADuration() {
    assertThat(Text.micros(999)).isEqualTo("999 µs");
    assertThat(Text.micros(1234.0)).isEqualTo("1.23 ms");
    assertThat(Text.micros(2_500_000)).isEqualTo("2.50 s");
    assertThat(Text.micros(-14_729.0)).isEqualTo("-14.7 ms");
  }

  @Test
  void namesTheUnitOfARangeOnce() {
    assertThat(Text.range("1.20 ms", "1.30 ms")).isEqualTo("1.20 to 1.30 ms");
    assertThat(Text.range("900 µs", "1.30 ms")).isEqualTo("900 µs to 1.30 ms");
    assertThat(Text.range("147 B", "147 B")).isEmpty();
  }
}
