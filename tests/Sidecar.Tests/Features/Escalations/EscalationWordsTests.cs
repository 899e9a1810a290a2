using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

public sealed class EscalationWordsTests
{
    [Theory]
    [InlineData("ESC-12", 12L)]
    [InlineData("esc-12", 12L)]
    [InlineData("Esc12", 12L)]
    [InlineData("ESC–12", 12L)]
    [InlineData("ESC—12", 12L)]
    [InlineData("#12", 12L)]
    [InlineData("12", 12L)]
    [InlineData("ESC-12.", 12L)]
    [InlineData("ＥＳＣ-１２", 12L)]
    [InlineData("'ESC-12'", 12L)]
    [InlineData("ESC-0", null)]
    [InlineData("ESC-", null)]
    [InlineData("ESC-1.5", null)]
    [InlineData("ESC-99999999999999999999", null)]
    [InlineData("IMP-12", null)]
    [InlineData("-12", null)]
    [InlineData("", null)]
    public void An_escalation_is_named_as_people_name_it(string typed, long? number) =>
        (EscalationId.Read(typed)?.Number).ShouldBe(number);

    [Theory]
    [InlineData("sev1", 1)]
    [InlineData("SEV-2", 2)]
    [InlineData("s3", 3)]
    [InlineData("sev 4", 4)]
    [InlineData("sev1:", 1)]
    [InlineData("1", null)]
    [InlineData("severe", null)]
    [InlineData("\"sev1\"", null)]
    public void A_severity_is_read_and_anything_else_is_left_for_the_summary(
        string typed,
        int? severity
    )
    {
        var source = new ArgumentSource(CommandLine.Read(typed), 0, Mentions.None);
        var argument = EscalationArguments.MaybeSeverity.Reader(source);
        argument.Problem.ShouldBeNull();
        ((int?)argument.Value).ShouldBe(severity);
        argument.Taken.ShouldBe(severity is null ? 0 : source.Line.Words.Length);
    }

    [Fact]
    public void U8_A_severity_that_there_is_not_is_asked_about_and_never_swallowed()
    {
        var source = new ArgumentSource(CommandLine.Read("sev5"), 0, Mentions.None);
        EscalationArguments
            .MaybeSeverity.Reader(source)
            .Problem.ShouldBe("“sev5” is not a severity: there are `sev1` (the worst) to `sev4`.");
    }

    [Theory]
    [InlineData("Acme", "acme")]
    [InlineData("Acme  Labs, Inc.", "acme-labs-inc")]
    [InlineData("ABC", "abc")]
    [InlineData("Ｆｕｌｌ Width", "full-width")]
    [InlineData("Żółć", "żółć")]
    [InlineData("日本 電気", "日本-電気")]
    [InlineData("--a--", "a")]
    [InlineData("😀", null)]
    [InlineData("  ", null)]
    public void CUS_1_A_key_is_made_of_letters_and_digits_of_any_script(string name, string? key) =>
        (CustomerKey.Of(name)?.Value).ShouldBe(key);

    [Fact]
    public void CUS_1_A_key_is_short() =>
        CustomerKey.Of(new string('x', 200))!.Value.Value.Length.ShouldBe(CustomerKey.MaxLength);
}
