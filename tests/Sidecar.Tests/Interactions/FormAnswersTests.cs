using System.Text.Json;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.Mattermost;
using Xunit;

namespace Sidecar.Tests.Interactions;

/// <summary>How answers are read, whatever the age of the client that sent them.</summary>
public sealed class FormAnswersTests
{
    private static readonly AskedField Owner = new(
        "owner",
        FieldKind.Person,
        Optional: true,
        Preset: "dana"
    );

    [Theory]
    [InlineData("{}", "dana")]
    [InlineData("""{"owner":"lee"}""", "lee")]
    [InlineData("""{"owner":"dana"}""", "dana")]
    [InlineData("""{"owner":null}""", "")]
    [InlineData("""{"owner":"dana","owner_none":true}""", "")]
    [InlineData("""{"owner":"lee","owner_none":true}""", "")]
    [InlineData("""{"owner_none":false}""", "dana")]
    public void M1_Who_was_chosen_before_stays_unless_something_else_is_said(
        string sent,
        string owner
    ) => Value(Owner, sent).ShouldBe(owner);

    [Theory]
    [InlineData(FieldKind.Person)]
    [InlineData(FieldKind.Choice)]
    [InlineData(FieldKind.YesNo)]
    public void M1_What_can_not_be_empty_is_as_it_was(FieldKind kind)
    {
        var field = new AskedField("owner", kind, Preset: "was");
        foreach (var sent in (string[])["{}", """{"owner":null}""", """{"owner":""}"""])
        {
            Value(field, sent).ShouldBe("was", sent);
        }
    }

    [Theory]
    [InlineData(FieldKind.Text, "none", "")]
    [InlineData(FieldKind.LongText, "-", "")]
    [InlineData(FieldKind.Text, " NONE ", "")]
    [InlineData(FieldKind.Number, "–", "")]
    [InlineData(FieldKind.Text, "nothing", "nothing")]
    [InlineData(FieldKind.Text, "none of them", "none of them")]
    [InlineData(FieldKind.Choice, "none", "")]
    public void M3_A_word_empties_an_optional_field(FieldKind kind, string typed, string means) =>
        Value(
                new AskedField("owner", kind, Optional: true, Preset: "was"),
                JsonSerializer.Serialize(new { owner = typed })
            )
            .ShouldBe(means);

    [Fact]
    public void M3_A_required_answer_may_be_that_there_is_none() =>
        Value(new AskedField("owner", FieldKind.Text), """{"owner":"none"}""").ShouldBe("none");

    [Theory]
    [InlineData("12", "12")]
    [InlineData("12.5", "12.5")]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("1e3", "1000")]
    [InlineData("1e400", "1e400")]
    [InlineData("-0.25", "-0.25")]
    [InlineData("\"12\"", "12")]
    [InlineData("[\"a\"]", "")]
    [InlineData("{}", "")]
    public void M1_Numbers_come_as_numbers_or_as_text(string json, string means) =>
        Value(new AskedField("owner", FieldKind.Number), $$"""{"owner":{{json}}}""")
            .ShouldBe(means);

    [Fact]
    public void What_was_not_asked_is_not_there() =>
        Read([Owner], """{"other":"x"}""").Values.Keys.ShouldBe(["owner"]);

    [Fact]
    public void M1_A_long_text_is_compared_by_its_digest()
    {
        var text = new string('ü', 3000);
        var form = new DialogForm(
            "Form",
            [new DialogField("long", "Long", FieldKind.LongText) { Default = text }]
        );
        var asked = AskedField.Of(form);
        asked[0].Preset!.Length.ShouldBeLessThan(100);
        Changed(text + "\n").ShouldBeFalse();
        Changed(text + "x").ShouldBeTrue();
        Changed("").ShouldBeTrue();

        bool Changed(string typed) =>
            Read(asked, JsonSerializer.Serialize(new { @long = typed })).Changed("long");
    }

    [Fact]
    public void M3_A_problem_of_a_field_that_the_form_does_not_have_is_said_of_the_form()
    {
        var problems = new Dictionary<string, string> { ["owner"] = "Bad.", ["gone"] = "Worse." };
        var placed = Read([Owner], "{}")
            .Placed(SubmissionReply.Mark(problems))
            .ShouldBeOfType<SubmissionReply.Marked>();
        placed.General.ShouldBe("Worse.");
        placed.Problems.ShouldBe(new Dictionary<string, string> { ["owner"] = "Bad." });
    }

    [Theory]
    [InlineData(FieldKind.Person, "Back-up: nobody")]
    [InlineData(FieldKind.Channel, "Back-up: none")]
    public void M1_Behind_each_optional_list_there_is_a_tick_for_nobody(
        FieldKind kind,
        string label
    )
    {
        var form = FormShape.Complete(
            new DialogForm("Form", [new DialogField("b", "Back-up", kind) { Optional = true }])
        );
        form.Fields[1].Label.ShouldBe(label);
        form.Fields[1].Kind.ShouldBe(FieldKind.YesNo);
        DialogLimits.Check(form).ShouldBeEmpty();
    }

    private static string Value(AskedField field, string sent) =>
        Read([field], sent).Values.GetValueOrDefault("owner", "");

    private static FormAnswers Read(IReadOnlyList<AskedField> asked, string sent) =>
        FormAnswers.Read(
            asked,
            DialogValues.Read(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(sent))
        );
}
