using Shouldly;
using Sidecar.Features.Customers.Measures;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Text;

/// <summary>T3, T8: one idea of a number for counts, amounts and files, whatever the country and the script.</summary>
public sealed class TypedNumberTests
{
    [Theory]
    [InlineData("450", 450)]
    [InlineData("1,200", 1_200)]
    [InlineData("1.200", 1_200)]
    [InlineData("1 200", 1_200)]
    [InlineData("1\u00A0200", 1_200)]
    [InlineData("1\u202F200", 1_200)]
    [InlineData("1'200", 1_200)]
    [InlineData("1’200", 1_200)]
    [InlineData("1,20,000", 120_000)]
    [InlineData("12.345.678", 12_345_678)]
    [InlineData("٤٥٠", 450)]
    [InlineData("१२०", 120)]
    [InlineData("３００", 300)]
    [InlineData("١٬٢٠٠", 1_200)]
    [InlineData("\u200E300", 300)]
    [InlineData("5\u200B", 5)]
    [InlineData("300\uFE0F", 300)]
    public void T8_Whole_numbers_are_read_as_they_are_written(string typed, long number) =>
        TypedNumber.Whole(typed).ShouldBe(number);

    [Theory]
    [InlineData("1,20")]
    [InlineData("12,00")]
    [InlineData("1200,00")]
    [InlineData("12,5")]
    [InlineData("12.5")]
    [InlineData("1,200.5")]
    [InlineData("1²")]
    [InlineData("½")]
    [InlineData("-5")]
    [InlineData("")]
    [InlineData("12k")]
    [InlineData("1,200.300")]
    public void T8_What_has_parts_is_no_count(string typed)
    {
        TypedNumber.Whole(typed).ShouldBeNull();
        MeasurementDraft.ReadCount(typed, out var problem).ShouldBeNull();
        problem.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("١٢٠", 120)]
    [InlineData("١٢٠k", 120_000)]
    [InlineData("１２０，０００", 120_000)]
    [InlineData("1.25m", 1_250_000)]
    public void T8_Amounts_have_digits_of_any_script(string typed, decimal amount) =>
        Usd.Read(typed, out _).ShouldBe(amount);

    [Theory]
    [InlineData("1.000k")]
    [InlineData("2.500M")]
    [InlineData("1.000")]
    [InlineData("1²")]
    [InlineData("12½")]
    public void T8_An_amount_that_can_be_read_in_two_ways_is_asked_about(string typed)
    {
        Usd.Read(typed, out var problem).ShouldBeNull();
        problem.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("\uFE0FESC-2", 2)]
    [InlineData("ESC-٢", 2)]
    [InlineData("\u200DESC-2", 2)]
    [InlineData("\u3164ESC-2", 2)]
    [InlineData("\u0007ESC-2\u007F", 2)]
    [InlineData("\U000E0020ESC-2", 2)]
    public void T4_Numbers_of_a_series_have_no_unseen_marks(string typed, long number) =>
        SeriesNumber.Read("ESC", typed).ShouldBe(number);

    [Fact]
    public void T4_A_raised_two_is_no_two() => SeriesNumber.Read("ESC", "ESC-2²").ShouldBeNull();

    [Theory]
    [InlineData("\uFE0F", true)]
    [InlineData("\u3164\u2800", true)]
    [InlineData(" \u200D ", true)]
    [InlineData("x\uFE0F", false)]
    [InlineData("👨‍👩‍👧", false)]
    public void T4_What_nobody_sees_is_nothing(string text, bool isNothing) =>
        UnseenMarks.IsAll(text).ShouldBe(isNothing);

    [Fact]
    public void T4_T7_A_family_stays_one_sign_in_a_name() =>
        CommandLine.Read("customer add 👨‍👩‍👧 Corp").Words[2].Value.ShouldBe("👨‍👩‍👧");
}
