using System.Globalization;
using Shouldly;
using Sidecar.Csv;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Csv;

/// <summary>Formulas are made harmless in a way that loses nothing (ALL-4, CUS-2).</summary>
public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30 1234", "'+49 30 1234")]
    [InlineData("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("\r=1", "'\r'=1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("-", "'-")]
    [InlineData("-.5", "'-.5")]
    [InlineData("-1-1", "'-1-1")]
    public void ALL_4_Text_that_a_spreadsheet_would_run_starts_with_an_apostrophe(
        string text,
        string written
    )
    {
        CsvText.Guarded(text).ShouldBe(written);
        CsvText.Plain(written).ShouldBe(text);
    }

    [Theory]
    [InlineData("a;=1+1", "a;'=1+1")]
    [InlineData("first\n-second", "first\n'-second")]
    [InlineData("first\r\n@second", "first\r\n'@second")]
    [InlineData("a\t+1", "a\t'+1")]
    public void ALL_4_So_does_what_follows_where_another_country_splits_cells(
        string text,
        string written
    )
    {
        CsvText.Guarded(text).ShouldBe(written);
        CsvText.Plain(written).ShouldBe(text);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("-0.25")]
    [InlineData("-1200000.50")]
    [InlineData("")]
    [InlineData("5-3=2")]
    [InlineData("'quoted'")]
    [InlineData("it's")]
    [InlineData("me@example.test")]
    public void ALL_4_Numbers_and_harmless_text_stay_as_they_are(string text)
    {
        CsvText.Guarded(text).ShouldBe(text);
        CsvText.Plain(text).ShouldBe(text);
    }

    [Fact]
    public void CUS_2_Whatever_text_it_is_comes_back_as_it_was_and_can_not_start_a_formula()
    {
        const string letters = "='+-@;\t\r\n ,\"a5.＝";
        var seed = Environment.TickCount64;
        var chance = new Seeded(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(
                Enumerable
                    .Range(0, chance.Below(9))
                    .Select(_ => letters[chance.Below(letters.Length)])
            );
            var written = CsvText.Guarded(text);
            CsvText.Plain(written).ShouldBe(text, $"seed {seed}");
            if (!decimal.TryParse(text, CultureInfo.InvariantCulture, out _))
            {
                foreach (var cell in written.Split(';', '\t', '\r', '\n'))
                {
                    "=+-@＝".ShouldNotContain(cell.FirstOrDefault('a'), $"“{text}”, seed {seed}");
                }
            }
        }
    }
}
